import type { WeightDtype } from './dtypes.js';

/**
 * numpy's names for the little-endian number types a weight may have. numpy does not know bfloat16: JAX's is written
 * as two bytes of no type.
 */
export const NPY_DTYPES: ReadonlyMap<string, { readonly dtype: WeightDtype; readonly bytes: 2 | 4 }> =
  new Map([
    ['<f4', { dtype: 'F32', bytes: 4 }],
    ['<f2', { dtype: 'F16', bytes: 2 }],
    ['|V2', { dtype: 'BF16', bytes: 2 }],
    ['<V2', { dtype: 'BF16', bytes: 2 }],
  ]);
