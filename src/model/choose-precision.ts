import type { Precision } from '../graph/precision.js';
import type { ExecutionProvider } from '../runtime/execution-provider.js';

/** What can be asked for; `auto` is chosen when a model is opened. */
export const PRECISIONS = ['auto', 'f32', 'int8', 'int4'] as const;
export type PrecisionSetting = (typeof PRECISIONS)[number];

/** A model of this size or less is quick in float32 on any machine, so that it may as well be exact. */
const SMALL_BYTES = 1e9;

/** Bytes of a weight in memory, with what the runtime needs beside it. */
const BYTES_PER_PARAMETER = { f32: 4, int8: 1.3, int4: 0.9 } as const;

/** Of the machine's memory; the rest is for the cache of keys and values, video, and other programs. */
const SHARE = 0.6;

/**
 * The precision a model is opened with.
 *
 * On the processor: float32 for small models, else int8, which is the fastest with a long prefix, else int4. On
 * other providers float32 where it fits, else int4: they have no kernels for the int8 products.
 *
 * @param memoryBytes - of the machine, or of the container where that is less
 */
export function choosePrecision(
  setting: PrecisionSetting,
  parameters: number,
  provider: ExecutionProvider,
  memoryBytes: number,
): Precision {
  if (setting !== 'auto') return setting;
  const fits = (precision: Precision) => parameters * BYTES_PER_PARAMETER[precision] <= SHARE * memoryBytes;
  if (parameters * BYTES_PER_PARAMETER.f32 <= SMALL_BYTES) return 'f32';
  if (provider !== 'cpu') return fits('f32') ? 'f32' : 'int4';
  return fits('int8') ? 'int8' : 'int4';
}
