/**
 * How far beyond the largest weight the grid of 4 bits may reach, or fall short of it, in steps of the grid: cutting
 * the largest weight off often lets all others be finer. Four tries find nearly all that more would.
 */
const FOUR_BIT_REACHES = [8, 7.5, 8.6, 9.4];
const EIGHT_BIT_REACHES = [127];

/**
 * Quantizes rows in blocks of neighbours that share a scale. A weight is `(number - half) * scale`, where half is 8
 * for 4 bits and 128 for 8; the lower half of a byte comes first; what a last block lacks is half (zero).
 *
 * The scale is the one, of a few grids fitted by least squares, with the smallest squared error.
 *
 * @param weights - `[rows, columns]`
 * @param numbers - uint8 `[rows, blocks, block * bits / 8]`, or `[rows, columns]` when blocks are not padded
 * @param scales - float32 `[rows, blocks]`
 */
export function quantizeBlocks(
  weights: Float32Array,
  columns: number,
  { bits, block, padded }: { readonly bits: 4 | 8; readonly block: number; readonly padded: boolean },
  numbers: Uint8Array,
  scales: Float32Array,
): void {
  const rows = weights.length / columns;
  const blocks = Math.ceil(columns / block);
  const half = 1 << (bits - 1);
  const rowBytes = ((padded ? blocks * block : columns) * bits) / 8;
  const grid = new Int32Array(block);
  const best = new Int32Array(block);
  for (let row = 0; row < rows; row++) {
    for (let b = 0; b < blocks; b++) {
      const start = row * columns + b * block;
      const count = Math.min(block, columns - b * block);
      scales[row * blocks + b] = fit(weights, start, count, half, best, grid);
      const target = row * rowBytes + (b * block * bits) / 8;
      const length = padded ? block : count;
      if (bits === 8) {
        for (let i = 0; i < length; i++) numbers[target + i] = (i < count ? (best[i] ?? 0) : 0) + half;
        continue;
      }
      for (let i = 0; i < length; i += 2) {
        const low = (i < count ? (best[i] ?? 0) : 0) + half;
        const high = (i + 1 < count ? (best[i + 1] ?? 0) : 0) + half;
        numbers[target + i / 2] = low | (high << 4);
      }
    }
  }
}

/** Writes the best grid numbers of one block into `best` and gives their scale. */
function fit(
  weights: Float32Array,
  start: number,
  count: number,
  half: number,
  best: Int32Array,
  grid: Int32Array,
): number {
  let extreme = 0; // the largest by size, with its sign: the grid reaches one further on the negative side
  let energy = 0;
  for (let i = start; i < start + count; i++) {
    const weight = weights[i] ?? 0;
    energy += weight * weight;
    if (Math.abs(weight) > Math.abs(extreme)) extreme = weight;
  }
  best.fill(0);
  if (extreme === 0) return 0;
  const top = 2 * half - 1;
  let bestError = Infinity;
  let bestScale = 0;
  for (const reach of half === 8 ? FOUR_BIT_REACHES : EIGHT_BIT_REACHES) {
    const inverse = -reach / extreme;
    let product = 0;
    let square = 0;
    for (let i = 0; i < count; i++) {
      const weight = weights[start + i] ?? 0;
      const shifted = (weight * inverse + half + 0.5) | 0; // rounds: what is negative becomes 0 all the same
      const number = (shifted < 0 ? 0 : shifted > top ? top : shifted) - half;
      grid[i] = number;
      product += number * weight;
      square += number * number;
    }
    // The least-squares scale s = product / square leaves energy - product^2 / square.
    const error = energy - (product * product) / square;
    if (error < bestError) {
      bestError = error;
      bestScale = product / square;
      best.set(grid);
    }
  }
  return bestScale;
}
