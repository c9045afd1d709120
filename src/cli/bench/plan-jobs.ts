import type { Job } from './jobs.js';
import type { BenchOptions } from './options.js';

/** Steps after each prefix, of which the time of one is told. */
export const STEPS = 8;
const TOGETHER = 4;
const LONGEST_TOGETHER = 1024;

/** Rows of a prompt beside the frames', in a caption. */
export const PROMPT_ROWS = 4;

/**
 * What one engine does in a round, short work first. Texts that go on together are measured behind the shortest
 * prefix only, and not behind a long one: reading four would take longer than all else.
 */
export function planJobs(
  options: Pick<BenchOptions, 'measure' | 'prefixes' | 'frames' | 'words'>,
  model: { readonly imageTokens: number; readonly maxPositions: number },
): Job[] {
  const { measure, words } = options;
  const prefixes = sorted(options.prefixes).filter((rows) => rows + 2 * STEPS < model.maxPositions);
  const frames = sorted(options.frames).filter(
    (count) => count * model.imageTokens + PROMPT_ROWS + words < model.maxPositions,
  );
  return [
    ...(measure.includes('vision') ? [{ kind: 'encode', frames: 1 } as const] : []),
    ...(measure.includes('prefix') ? prefixes : []).map(
      (rows, i) =>
        ({
          kind: 'prefix',
          rows,
          steps: STEPS,
          together: i === 0 && rows <= LONGEST_TOGETHER ? TOGETHER : 1,
        }) as const,
    ),
    ...(measure.includes('caption') ? frames : []).map(
      (count) => ({ kind: 'caption', frames: count, words }) as const,
    ),
  ];
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
