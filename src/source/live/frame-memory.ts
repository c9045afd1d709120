import type { LiveFrame } from './live-frame.js';

/** The newest frames of a source, as many as a number of bytes holds. */
export class FrameMemory {
  readonly #maxBytes: number;
  #frames: LiveFrame[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes the next frame; the oldest make room. The newest is kept whatever its size. */
  add(frame: LiveFrame): void {
    this.#frames.push(frame);
    this.#bytes += bytesOf(frame);
    let gone = 0;
    while (this.#bytes > this.#maxBytes && gone < this.#frames.length - 1) {
      const oldest = this.#frames[gone++];
      this.#bytes -= oldest === undefined ? 0 : bytesOf(oldest);
    }
    if (gone > 0) this.#frames = this.#frames.slice(gone);
  }

  /** The frames since a time, oldest first. */
  since(seconds: number): readonly LiveFrame[] {
    const first = this.#frames.findIndex((frame) => frame.timestampSeconds >= seconds);
    return first === -1 ? [] : this.#frames.slice(first);
  }

  get newest(): LiveFrame | undefined {
    return this.#frames.at(-1);
  }

  find(key: string): LiveFrame | undefined {
    return this.#frames.find((frame) => frame.key === key);
  }

  get bytes(): number {
    return this.#bytes;
  }
}

function bytesOf(frame: LiveFrame): number {
  return frame.pixels.data.byteLength;
}
