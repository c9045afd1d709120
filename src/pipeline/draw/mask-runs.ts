import type { Mask } from '../../tasks/detection.js';

/**
 * A mask as the stretches of a row that belong to the thing: some kilobytes where the mask itself takes megabytes,
 * so that those of a long video can be kept. `[row, start, end]` after one another, the end exclusive.
 */
export type MaskRuns = Uint32Array;

export function maskRuns({ width, height, data }: Mask): MaskRuns {
  const runs: number[] = [];
  for (let row = 0; row < height; row++) {
    let start = -1;
    for (let column = 0; column <= width; column++) {
      const inside = column < width && data[row * width + column] === 1;
      if (inside && start < 0) start = column;
      if (!inside && start >= 0) {
        runs.push(row, start, column);
        start = -1;
      }
    }
  }
  return Uint32Array.from(runs);
}
