/**
 * Cosines and sines of the rotary embedding, a row `[D / 2]` for each position, made when first asked for.
 *
 * Row p stands for position p + 1, and every step is rounded to float32: so the angles are Hugging Face's, bit by
 * bit. (Any other first position gives the same attention but for rounding: only differences count.)
 */
export class RotaryTable {
  readonly #inverseFrequencies: Float32Array;
  #cosines = new Float32Array(0);
  #sines = new Float32Array(0);

  constructor(headDim: number, theta: number) {
    this.#inverseFrequencies = Float32Array.from(
      { length: headDim / 2 },
      (_, i) => 1 / Math.fround(theta ** Math.fround((2 * i) / headDim)),
    );
  }

  /** Views of rows `[start, end)`; valid until the next call. */
  rows(start: number, end: number): { cosines: Float32Array; sines: Float32Array } {
    const width = this.#inverseFrequencies.length;
    if (this.#cosines.length < end * width) this.#grow(Math.max(end, (2 * this.#cosines.length) / width));
    return {
      cosines: this.#cosines.subarray(start * width, end * width),
      sines: this.#sines.subarray(start * width, end * width),
    };
  }

  /** Copies of single rows, one behind the other. */
  gather(positions: readonly number[]): { cosines: Float32Array; sines: Float32Array } {
    const width = this.#inverseFrequencies.length;
    const [cosines, sines] = [
      new Float32Array(positions.length * width),
      new Float32Array(positions.length * width),
    ];
    positions.forEach((position, i) => {
      const row = this.rows(position, position + 1);
      cosines.set(row.cosines, i * width);
      sines.set(row.sines, i * width);
    });
    return { cosines, sines };
  }

  #grow(rows: number): void {
    const width = this.#inverseFrequencies.length;
    this.#cosines = new Float32Array(rows * width);
    this.#sines = new Float32Array(rows * width);
    for (let i = 0; i < rows * width; i++) {
      const position = Math.floor(i / width) + 1;
      const angle = Math.fround(position * (this.#inverseFrequencies[i % width] ?? 0));
      this.#cosines[i] = Math.cos(angle);
      this.#sines[i] = Math.sin(angle);
    }
  }
}
