import { Command } from 'commander';
import type { CliContext } from './context.js';
import type { PullCommandOptions } from './pull-model.js';

const HELP = `
Examples:
  $ palistream pull google/paligemma-3b-mix-224
  $ palistream pull google/paligemma2-3b-mix-448@main --to ./paligemma2
  $ HF_ENDPOINT=https://mirror.example palistream pull google/paligemma-3b-mix-224
  $ palistream pull ./paligemma-3b-mix-224 --to /models/paligemma

Files go to Hugging Face's cache (HF_HUB_CACHE), where other tools find them, and what those have fetched is used.
Google's models are gated: accept the licence at the model's page and set HF_TOKEN. A pull that was cut goes on
where it was when it is run again.`;

export function pullCommand(context: CliContext): Command {
  return new Command('pull')
    .description('fetch a PaliGemma checkpoint from the Hugging Face Hub, or copy one from a folder')
    .argument('<repository>', 'owner/name or owner/name@revision, or a folder')
    .option('--to <dir>', 'plain files into this folder instead of the cache')
    .option('--json', 'print one JSON object')
    .option('--quiet', 'no progress')
    .addHelpText('after', HELP)
    .action(async (given: string, options: PullCommandOptions) => {
      const { pullModel } = await import('./pull-model.js');
      await pullModel(context, given, options);
    });
}
