/** Adds an update to a stretch of a weight's numbers that begins with number `first`. */
export type AddRows = (numbers: Float32Array, first: number) => void;

/**
 * Makes the function that adds `scale * up x down` to stretches of a weight `[rows, columns]`, row-major, which need
 * not begin or end with a row. Sums are in float64 and rounded once.
 *
 * @param factors up `[rows, rank]`, down `[rank, columns]`
 */
export function lowRankRows(factors: {
  readonly up: Float32Array;
  readonly down: Float32Array;
  readonly scale: number;
  readonly columns: number;
}): AddRows {
  const { up, down, scale, columns } = factors;
  const rank = down.length / columns;
  const sums = new Float64Array(columns);
  return (numbers, first) => {
    for (let done = 0; done < numbers.length;) {
      const row = Math.floor((first + done) / columns);
      const begin = first + done - row * columns;
      const count = Math.min(columns - begin, numbers.length - done);
      sums.fill(0, 0, count);
      for (let k = 0; k < rank; k++) {
        const factor = (up[row * rank + k] ?? 0) * scale;
        if (factor === 0) continue;
        const source = k * columns + begin;
        for (let i = 0; i < count; i++) sums[i] = (sums[i] ?? 0) + factor * (down[source + i] ?? 0);
      }
      for (let i = 0; i < count; i++) numbers[done + i] = (numbers[done + i] ?? 0) + (sums[i] ?? 0);
      done += count;
    }
  };
}
