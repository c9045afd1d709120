import { Command } from 'commander';
import type { CliContext } from './context.js';
import type { ModelListing } from './list-models.js';
import { modelsRmCommand } from './models-rm-command.js';
import { modelsVerifyCommand } from './models-verify-command.js';

interface ModelsOptions {
  readonly model?: string[];
  readonly json?: boolean;
}

const HELP = `
Examples:
  $ palistream models
  $ palistream models --model ./paligemma2-3b-mix-224 --json
  $ palistream models verify google/paligemma-3b-mix-224
  $ palistream models rm google/paligemma-3b-mix-224

Looked at are the bundled model, PALISTREAM_MODEL, the folders named, and PaliGemma checkpoints in Hugging
Face's cache. Any folder with config.json, tokenizer.json, preprocessor_config.json and *.safetensors will do.`;

export function modelsCommand(context: CliContext): Command {
  return new Command('models')
    .description('list the models that are on this machine, check or remove them')
    .option('--model <dir...>', 'more folders to look at')
    .option('--json', 'print JSON, one object a line')
    .addCommand(modelsRmCommand(context))
    .addCommand(modelsVerifyCommand(context))
    .addHelpText('after', HELP)
    .action(async (options: ModelsOptions) => {
      const { listModels } = await import('./list-models.js');
      for (const listing of await listModels(context.config, options.model ?? [])) {
        context.stdout.write(options.json === true ? `${listingJson(listing)}\n` : listingText(listing));
      }
    });
}

function listingJson({ name, directory, from, facts, problem }: ModelListing): string {
  return JSON.stringify({
    name,
    from,
    family: facts?.family ?? null,
    parameters: facts?.parameters ?? null,
    image_size: facts?.imageSize ?? null,
    tokens_per_frame: facts?.tokensPerFrame ?? null,
    dtypes: facts?.dtypes ?? null,
    directory,
    problem,
  });
}

function listingText({ name, directory, from, facts, problem }: ModelListing): string {
  const what =
    facts === null
      ? `cannot be used: ${problem ?? ''}`
      : `${facts.family}, ${inMillions(facts.parameters)} parameters, pictures of ${facts.imageSize}x${facts.imageSize} ` +
        `(${facts.tokensPerFrame} tokens each), ${facts.dtypes.join('+')}`;
  return `${name} (${from})\n  ${what}\n  ${directory}\n`;
}

function inMillions(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} B`;
  return count >= 1e6 ? `${(count / 1e6).toFixed(1)} M` : String(count);
}
