import type { WeightDtype } from './dtypes.js';

let halfTable: Float32Array | undefined;

/**
 * Converts little-endian weights to float32, exactly: every float16 and bfloat16 is a float32. The machine is taken to
 * be little-endian, as all that onnxruntime-node runs on are.
 * @param bytes whole numbers of the type; any alignment
 * @param target receives one number for each; must be long enough
 */
export function toFloat32(bytes: Uint8Array, dtype: WeightDtype, target: Float32Array): void {
  if (dtype === 'F32') {
    new Uint8Array(target.buffer, target.byteOffset, bytes.byteLength).set(bytes);
    return;
  }
  const words = wordsOf(bytes);
  if (dtype === 'BF16') {
    const out = new Uint32Array(target.buffer, target.byteOffset, words.length);
    for (let i = 0; i < words.length; i++) out[i] = (words[i] ?? 0) << 16;
    return;
  }
  const table = (halfTable ??= makeHalfTable());
  for (let i = 0; i < words.length; i++) target[i] = table[words[i] ?? 0] ?? 0;
}

/** The bytes as 16-bit numbers, copied only where their place in memory is odd. */
function wordsOf(bytes: Uint8Array): Uint16Array {
  const even = bytes.byteOffset % 2 === 0 ? bytes : Uint8Array.from(bytes);
  return new Uint16Array(even.buffer, even.byteOffset, even.byteLength / 2);
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
