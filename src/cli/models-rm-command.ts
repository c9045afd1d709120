import { Command } from 'commander';
import type { CliContext } from './context.js';

const HELP = `
Examples:
  $ palistream models rm google/paligemma-3b-mix-224
  $ palistream models rm google/paligemma2-3b-mix-224@main

Removes the model from Hugging Face's cache, for other tools too, and what was converted from it.`;

export function modelsRmCommand(context: CliContext): Command {
  return new Command('rm')
    .description("remove a model from Hugging Face's cache")
    .argument('<name>', 'owner/name, or owner/name@revision for one state of it')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (name: string, _: object, command: Command) => {
      const { removeModel } = await import('./models-remove.js');
      await removeModel(context, name, command.optsWithGlobals<{ json?: boolean }>().json === true);
    });
}
