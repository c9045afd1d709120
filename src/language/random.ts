/**
 * A seeded stream of numbers in [0, 1), 53 bits each: the same seed gives the same stream on every machine.
 * Source: Blackman and Vigna's xoshiro128**, its state filled by splitmix32.
 */
export function randomStream(seed: number): () => number {
  let filler = seed >>> 0;
  const fill = () => {
    filler = (filler + 0x9e3779b9) >>> 0;
    let z = Math.imul(filler ^ (filler >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));
  const next = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  return () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 2 ** 53;
}
