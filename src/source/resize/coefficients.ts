import { exactWeights } from './exact-weights.js';
import type { ResizeFilter } from './filters.js';

/** Bits after the binary point of a weight; 8 bits of pixel and 2 of overshoot fill a 32-bit sum. */
export const PRECISION_BITS = 22;

/** For every output position: where its source pixels begin, how many there are, and their weights. */
export interface Coefficients {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** `taps` weights for each output position, fixed point with PRECISION_BITS; those after `counts` are 0. */
  readonly weights: Int32Array;
  readonly taps: number;
}

/** The weights of one resize pass over bytes. Source: Pillow, Resample.c, normalize_coeffs_8bpc. */
export function coefficients(input: number, output: number, filter: ResizeFilter): Coefficients {
  const exact = exactWeights(input, output, filter);
  return { ...exact, weights: Int32Array.from(exact.weights, toFixedPoint) };
}

function toFixedPoint(weight: number): number {
  return Math.trunc(weight * 2 ** PRECISION_BITS + (weight < 0 ? -0.5 : 0.5));
}
