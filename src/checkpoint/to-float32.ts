import { endianness } from 'node:os';
import type { WeightDtype } from './dtypes.js';

const LITTLE_ENDIAN = endianness() === 'LE';
let halfTable: Float32Array | undefined;

/**
 * Converts little-endian weights to float32, exactly: every float16 and bfloat16 is a float32.
 * @param bytes whole numbers of the type; any alignment
 * @param target receives one number for each; must be long enough
 */
export function toFloat32(bytes: Uint8Array, dtype: WeightDtype, target: Float32Array): void {
  if (dtype === 'F32') {
    const out = new Uint8Array(target.buffer, target.byteOffset, bytes.byteLength);
    out.set(bytes);
    if (!LITTLE_ENDIAN) Buffer.from(out.buffer, out.byteOffset, out.byteLength).swap32();
    return;
  }
  const count = bytes.byteLength / 2;
  if (dtype === 'BF16') {
    const out = new Uint32Array(target.buffer, target.byteOffset, count);
    for (let i = 0; i < count; i++)
      out[i] = (((bytes[2 * i + 1] ?? 0) << 24) | ((bytes[2 * i] ?? 0) << 16)) >>> 0;
    return;
  }
  const table = (halfTable ??= makeHalfTable());
  for (let i = 0; i < count; i++)
    target[i] = table[((bytes[2 * i + 1] ?? 0) << 8) | (bytes[2 * i] ?? 0)] ?? 0;
}

/** Every float16 by its bits: a look-up is faster than taking each number apart. */
function makeHalfTable(): Float32Array {
  return Float32Array.from({ length: 0x10000 }, (_, bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
