import { Command } from 'commander';
import { bundledModelDirectory } from './bundled-model.js';
import type { CliContext } from './context.js';
import { withModel } from './with-model.js';

/** The first thing anybody runs: a caption and an answer of the bundled model about a sample video. */
export function demoCommand(context: CliContext): Command {
  return new Command('demo')
    .description('caption a sample video with the bundled model and ask it a question')
    .action(() => runDemo(context));
}

async function runDemo(context: CliContext): Promise<void> {
  const begunMs = performance.now();
  const options = { model: bundledModelDirectory(), precision: 'f32', quiet: true } as const;
  await withModel(context, options, async (model) => {
    const { printDemo } = await import('./print-demo.js');
    await printDemo(context, model, begunMs);
  });
}
