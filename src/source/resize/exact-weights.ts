import type { ResizeFilter } from './filters.js';

/** For every output position: where its source pixels begin, how many there are, and their weights. */
export interface ExactWeights {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** `taps` weights for each output position, which sum to 1; those after `counts` are 0. */
  readonly weights: Float64Array;
  readonly taps: number;
}

/**
 * The weights of one resize pass along one axis, as PIL computes them: antialiased, because the filter is widened by
 * the scale when a picture shrinks. Source: Pillow, Resample.c, precompute_coeffs.
 */
export function exactWeights(input: number, output: number, filter: ResizeFilter): ExactWeights {
  const scale = input / output;
  const widening = Math.max(scale, 1);
  const support = filter.support * widening;
  const taps = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(output);
  const counts = new Int32Array(output);
  const weights = new Float64Array(output * taps);
  for (let i = 0; i < output; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(input, Math.trunc(centre + support + 0.5)) - start;
    let total = 0;
    for (let k = 0; k < count; k++) {
      // PIL multiplies by the reciprocal; dividing rounds differently in the last bit.
      const weight = filter.weight((k + start - centre + 0.5) * (1 / widening));
      weights[i * taps + k] = weight;
      total += weight;
    }
    for (let k = 0; k < count; k++) weights[i * taps + k] = (weights[i * taps + k] ?? 0) / total;
    starts[i] = start;
    counts[i] = count;
  }
  return { starts, counts, weights, taps };
}
