/** Puts pieces of a stream together to frames of a fixed number of bytes, each in its own memory. */
export class FrameBytes {
  readonly #frameBytes: number;
  #frame: Uint8Array;
  #filled = 0;

  constructor(frameBytes: number) {
    this.#frameBytes = frameBytes;
    this.#frame = new Uint8Array(frameBytes);
  }

  /** Takes a piece and yields the frames that are whole now; a frame yielded belongs to the caller. */
  *add(piece: Uint8Array): Generator<Uint8Array, void, undefined> {
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + this.#frameBytes - this.#filled);
      this.#frame.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled < this.#frameBytes) continue;
      const whole = this.#frame;
      this.#frame = new Uint8Array(this.#frameBytes);
      this.#filled = 0;
      yield whole;
    }
  }
}
