import { Command } from 'commander';
import type { CliContext } from './context.js';

const HELP = `
Examples:
  $ palistream models verify google/paligemma-3b-mix-224
  $ palistream models verify ./paligemma2 --json

Reads every file and compares it with the checksum it was fetched with; nothing is asked of the network.`;

export function modelsVerifyCommand(context: CliContext): Command {
  return new Command('verify')
    .description('check the files of a model against their checksums')
    .argument('<name>', "owner/name in Hugging Face's cache, or a folder")
    .option('--json', 'print one JSON object')
    .option('--quiet', 'no progress')
    .addHelpText('after', HELP)
    .action(async (name: string, options: { quiet?: boolean }, command: Command) => {
      const { verifyModel } = await import('./models-verify.js');
      const json = command.optsWithGlobals<{ json?: boolean }>().json === true;
      await verifyModel(context, name, { json, quiet: options.quiet === true });
    });
}
