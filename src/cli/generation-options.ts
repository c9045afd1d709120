import { type Command, Option } from 'commander';
import type { GenerationOptions, Sampling } from '../language/generation.js';
import { DEFAULT_NEW_TOKENS } from '../pipeline/default-new-tokens.js';
import { RequestError } from '../shared/errors.js';
import { realNumber, wholeNumber } from './parse-number.js';

/** How the text is chosen, as the command line words it. */
export interface GenerationFlags {
  readonly maxNewTokens: number;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly seed?: number;
  readonly beams?: number;
}

/** As many positions as PaliGemma has; a limit so that a typing error does not run for hours. */
const MAX_NEW_TOKENS = 8192;
const MAX_BEAMS = 16;

/** @param maxNewTokens what is written at most when nothing is said */
export function addGenerationOptions(command: Command, maxNewTokens = DEFAULT_NEW_TOKENS): Command {
  return command
    .addOption(
      new Option('--max-new-tokens <n>', 'most tokens to write')
        .argParser(wholeNumber(1, MAX_NEW_TOKENS))
        .default(maxNewTokens),
    )
    .addOption(
      new Option('--temperature <t>', 'draw at random; 0 takes the likeliest token (the default)').argParser(
        realNumber(0, 100, true),
      ),
    )
    .addOption(
      new Option('--top-k <k>', 'draw among the k likeliest tokens').argParser(wholeNumber(1, 1_000_000)),
    )
    .addOption(
      new Option('--top-p <p>', 'draw among the likeliest tokens that together reach p').argParser(
        realNumber(0, 1, false),
      ),
    )
    .addOption(
      new Option('--seed <n>', 'the same seed draws the same text (default: 0)').argParser(
        wholeNumber(0, 0xffff_ffff),
      ),
    )
    .addOption(new Option('--beams <n>', 'beam search').argParser(wholeNumber(1, MAX_BEAMS)));
}

/** @throws RequestError when beams and drawing are asked for together */
export function generationOptions(flags: GenerationFlags, topLogprobs: number): GenerationOptions {
  return { sampling: samplingOf(flags), maxNewTokens: flags.maxNewTokens, topLogprobs };
}

function samplingOf({ temperature, topK, topP, seed, beams }: GenerationFlags): Sampling {
  const draws = [temperature, topK, topP, seed].some((flag) => flag !== undefined);
  if (beams !== undefined && draws) {
    throw new RequestError(
      'option_conflict',
      '--beams cannot be used with --temperature, --top-k, --top-p or --seed: choose one way of writing',
    );
  }
  if (beams !== undefined) return beams === 1 ? { kind: 'greedy' } : { kind: 'beam', beams };
  if (!draws || temperature === 0) return { kind: 'greedy' };
  return {
    kind: 'sample',
    temperature: temperature ?? 1,
    topK: topK ?? null,
    topP: topP ?? null,
    seed: seed ?? 0,
  };
}
