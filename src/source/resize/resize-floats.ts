import { type ExactWeights, exactWeights } from './exact-weights.js';
import { RESIZE_FILTERS, type ResizeFilterName } from './filters.js';
import type { GridSize } from './grid-size.js';

/**
 * Resizes a grid of float32 numbers as PIL's `Image.resize` does in mode F: first along rows, then along columns,
 * summed in float64 and rounded to float32 after each pass. A pass that changes nothing is left out.
 */
export function resizeFloats(
  values: Float32Array,
  from: GridSize,
  to: GridSize,
  filter: ResizeFilterName,
): Float32Array {
  const wide =
    from.columns === to.columns
      ? values
      : resizeColumns(values, from, exactWeights(from.columns, to.columns, RESIZE_FILTERS[filter]));
  if (from.rows === to.rows) return wide;
  return resizeRows(wide, to.columns, exactWeights(from.rows, to.rows, RESIZE_FILTERS[filter]));
}

function resizeColumns(values: Float32Array, { rows, columns }: GridSize, along: ExactWeights): Float32Array {
  const { starts, counts, weights, taps } = along;
  const width = starts.length;
  const out = new Float32Array(rows * width);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let x = 0; x < width; x++, to++) {
      const from = row * columns + (starts[x] ?? 0);
      let sum = 0;
      for (let k = 0; k < (counts[x] ?? 0); k++)
        sum += (values[from + k] ?? 0) * (weights[x * taps + k] ?? 0);
      out[to] = sum;
    }
  }
  return out;
}

function resizeRows(values: Float32Array, columns: number, along: ExactWeights): Float32Array {
  const { starts, counts, weights, taps } = along;
  const out = new Float32Array(starts.length * columns);
  const sums = new Float64Array(columns);
  for (let y = 0; y < starts.length; y++) {
    sums.fill(0);
    for (let k = 0; k < (counts[y] ?? 0); k++) {
      const weight = weights[y * taps + k] ?? 0;
      const from = ((starts[y] ?? 0) + k) * columns;
      for (let x = 0; x < columns; x++) sums[x] = (sums[x] ?? 0) + (values[from + x] ?? 0) * weight;
    }
    out.set(sums, y * columns);
  }
  return out;
}
