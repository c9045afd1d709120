const LARGEST = 127;

/** Makes every number positive, so that cutting the fraction off rounds it. */
const HALF_ABOVE = LARGEST + 1.5;

/** Rows turned at once: their numbers stay in the processor's cache, and the columns are written in stretches. */
const TILE_ROWS = 64;

/**
 * Quantizes rows of a linear layer, each with a scale of its own, and turns them: row `[in]` number r becomes column
 * `firstRow + r` of `[in, out]`. A weight is its int8 times its row's scale.
 *
 * @param weights - `[rows, in]`
 * @param numbers - int8 `[in, out]`, the whole layer
 * @param scales - float32 `[out]`, the whole layer
 */
export function quantizeChannels(
  weights: Float32Array,
  columns: number,
  firstRow: number,
  numbers: Int8Array,
  scales: Float32Array,
): void {
  const rows = weights.length / columns;
  const out = scales.length;
  const inverse = new Float64Array(TILE_ROWS);
  for (let tile = 0; tile < rows; tile += TILE_ROWS) {
    const count = Math.min(TILE_ROWS, rows - tile);
    for (let r = 0; r < count; r++) {
      let max = 0;
      const start = (tile + r) * columns;
      for (let i = start; i < start + columns; i++) max = Math.max(max, Math.abs(weights[i] ?? 0));
      scales[firstRow + tile + r] = max / LARGEST;
      inverse[r] = max === 0 ? 0 : LARGEST / max;
    }
    for (let column = 0; column < columns; column++) {
      const target = column * out + firstRow + tile;
      for (let r = 0; r < count; r++) {
        const weight = weights[(tile + r) * columns + column] ?? 0;
        numbers[target + r] = ((weight * (inverse[r] ?? 0) + HALF_ABOVE) | 0) - (LARGEST + 1); // rounds
      }
    }
  }
}
