import type { Pixels } from '../shared/tensor.js';

/** Blocks a side: coarse enough that motion is no change, fine enough that another place is. */
const BLOCKS = 8;

/** The mean colours of 8x8 blocks of a picture, `[row, column, channel]`, 0 to 255. */
export function blockColors(pixels: Pixels): Float32Array {
  const [rows, columns] = pixels.dims;
  const sums = new Float32Array(BLOCKS * BLOCKS * 3);
  const counts = new Float32Array(BLOCKS * BLOCKS * 3);
  for (let row = 0; row < rows; row++) {
    const blockRow = Math.floor((row * BLOCKS) / rows);
    for (let column = 0; column < columns; column++) {
      const block = blockRow * BLOCKS + Math.floor((column * BLOCKS) / columns);
      for (let channel = 0; channel < 3; channel++) {
        const at = block * 3 + channel;
        sums[at] = (sums[at] ?? 0) + (pixels.data[(row * columns + column) * 3 + channel] ?? 0);
        counts[at] = (counts[at] ?? 0) + 1;
      }
    }
  }
  return sums.map((sum, at) => sum / Math.max(1, counts[at] ?? 0));
}

/** How much two pictures differ by their block colours: 0 the same, 1 black against white. */
export function pictureDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0));
  return a.length === 0 ? 0 : sum / a.length / 255;
}
