import type { Tensor } from '../shared/tensor.js';

/** What the mask decoder makes of codes: `[mask, 64, 64]`, nominally -1 to 1; the thing is where it exceeds 0. */
export type DecodedMasks = Tensor<readonly ['mask', 'row', 'column']>;

export const MASK_AXES = ['mask', 'row', 'column'] as const;
