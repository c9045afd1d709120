import { Command, Option } from 'commander';
import { RequestError } from '../shared/errors.js';
import type { CliContext } from './context.js';
import { DEFAULT_TOP_LOGPROBS, type GenerateOptions } from './generate-options.js';
import { addGenerationOptions, generationOptions } from './generation-options.js';
import { addModelOptions } from './model-options.js';
import { openLocalFile } from '../source/local-file.js';
import { wholeNumber } from './parse-number.js';
import { withModel } from './with-model.js';

const HELP = `
Examples:
  $ palistream generate --frames a.png b.png --prompt "answer en what moves?" --json
  $ palistream generate --model ./paligemma2-3b-mix-224 --batch requests.jsonl

A batch has one request a line, {"frames":["a.png"],"prompt":"caption en"}, and optionally "max_new_tokens"
and "top_logprobs"; it is answered by one object a line, in order. A line that cannot be answered gets
{"error":{"code":"...","message":"..."}} in its place, and the exit code is 1 at the end.`;

/** The plain door to the model: pictures and a prompt in, ids and their log-probabilities out. */
export function generateCommand(context: CliContext): Command {
  const command = new Command('generate')
    .description('give pictures and a prompt to the model as they are')
    .option('--frames <file...>', 'pictures in time order')
    .option('--prompt <text>', 'the prompt; the closing newline is added')
    .option('--batch <file>', 'a JSON Lines file of requests instead')
    .addOption(
      new Option(
        '--top-logprobs <n>',
        `likeliest ids to tell for each step (default: ${DEFAULT_TOP_LOGPROBS} with --json or --batch)`,
      ).argParser(wholeNumber(0, 100)),
    );
  return addGenerationOptions(addModelOptions(command))
    .addHelpText('after', HELP)
    .action((options: GenerateOptions) => runGenerate(context, options));
}

/** The rest of the program is loaded while the model process opens its model. */
async function runGenerate(context: CliContext, options: GenerateOptions): Promise<void> {
  const { frames = [], prompt, batch } = options;
  generationOptions(options, 0); // refuses what does not go together before anything is started
  if (batch !== undefined) {
    if (frames.length > 0 || prompt !== undefined) {
      throw new RequestError(
        'option_conflict',
        '--batch brings its own frames and prompts: leave --frames and --prompt out',
      );
    }
    await openLocalFile(batch);
    await withModel(context, options, async (model) => {
      const { printBatch } = await import('./print-batch.js');
      await printBatch(context, model, options, batch);
    });
    return;
  }
  if (frames.length === 0 || prompt === undefined) {
    throw new RequestError(
      'option_missing',
      'generate needs --frames and --prompt, or --batch: see palistream generate --help',
    );
  }
  for (const file of frames) await openLocalFile(file);
  await withModel(context, options, async (model) => {
    const { printGeneration } = await import('./print-generation.js');
    await printGeneration(context, model, options, frames, prompt);
  });
}
