/**
 * A stream of numbers that depends on a tensor's name alone, so that a whole model can be written down as one rule:
 * the generator of paligemma.md section 11.1.
 */
export function goldenNumbers(name: string, count: number, scale: number): Float32Array {
  let hash = 0x811c9dc5; // FNV-1a
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return Float32Array.from({ length: count }, (_, i) => {
    let x = (Math.imul(i, 2654435761) + hash) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d) >>> 0;
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 0;
    x = (x ^ (x >>> 16)) >>> 0;
    return ((2 * x) / 2 ** 32 - 1) * scale;
  });
}
