import { type Coefficients, PRECISION_BITS } from './coefficients.js';

// `?? 0` never applies: the loops stay inside the arrays. All sums fit 32 bits, because no filter's positive weights
// sum to more than 1.14, so `| 0` and Math.imul only tell the engine to use integers.
const HALF = 1 << (PRECISION_BITS - 1);

/** Changes the number of columns; `pixels` is RGB, `[rows, columns, 3]`. */
export function resizeColumns(
  pixels: Uint8Array,
  rows: number,
  columns: number,
  along: Coefficients,
): Uint8Array {
  const { starts, counts, weights, taps } = along;
  const width = starts.length;
  const out = new Uint8Array(rows * width * 3);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let x = 0; x < width; x++, to += 3) {
      let from = (row * columns + (starts[x] ?? 0)) * 3;
      const end = x * taps + (counts[x] ?? 0);
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      for (let k = x * taps; k < end; k++, from += 3) {
        const weight = weights[k] ?? 0;
        red = (red + Math.imul(pixels[from] ?? 0, weight)) | 0;
        green = (green + Math.imul(pixels[from + 1] ?? 0, weight)) | 0;
        blue = (blue + Math.imul(pixels[from + 2] ?? 0, weight)) | 0;
      }
      out[to] = toByte(red);
      out[to + 1] = toByte(green);
      out[to + 2] = toByte(blue);
    }
  }
  return out;
}

/** Changes the number of rows; a whole output row is summed at once, so that memory is read in order. */
export function resizeRows(pixels: Uint8Array, columns: number, along: Coefficients): Uint8Array {
  const { starts, counts, weights, taps } = along;
  const height = starts.length;
  const stride = columns * 3;
  const out = new Uint8Array(height * stride);
  const sums = new Int32Array(stride);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    for (let k = 0; k < (counts[y] ?? 0); k++) {
      const weight = weights[y * taps + k] ?? 0;
      const from = ((starts[y] ?? 0) + k) * stride;
      for (let i = 0; i < stride; i++) sums[i] = (sums[i] ?? 0) + Math.imul(pixels[from + i] ?? 0, weight);
    }
    for (let i = 0; i < stride; i++) out[y * stride + i] = toByte(sums[i] ?? 0);
  }
  return out;
}

function toByte(sum: number): number {
  const value = sum >> PRECISION_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
