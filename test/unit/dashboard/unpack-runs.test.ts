import { expect, it } from 'vitest';
import { unpackRuns } from '../../../dashboard/videos/unpack-runs.js';
import { maskRle } from '../../../src/tasks/mask-rle.js';

/** The mask of runs, column by column. */
function maskOf(runs: readonly number[], width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height);
  let at = 0;
  for (const [place, run] of runs.entries()) {
    for (const end = at + run; at < end; at++)
      data[(at % height) * width + Math.floor(at / height)] = place % 2;
  }
  return data;
}

it.each([
  ['nothing', () => 0],
  ['everything', () => 1],
  ['a box', (x: number, y: number) => (x > 20 && x < 60 && y > 9 && y < 30 ? 1 : 0)],
  ['single pixels', (x: number, y: number) => ((x * 7 + y * 13) % 5 === 0 ? 1 : 0)],
])('reads what the server writes of %s', (_, inside) => {
  const [width, height] = [64, 41];
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    inside(i % width, Math.floor(i / width)),
  );
  const { counts } = maskRle({ width, height, data });
  expect(maskOf(unpackRuns(counts), width, height)).toEqual(data);
});
