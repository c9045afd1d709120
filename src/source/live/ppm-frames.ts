import { FrameBytes } from '../frame-bytes.js';

/** RGB bytes, `[height, width, 3]`. */
export interface RgbPicture {
  readonly data: Uint8Array;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** `P6\n640 360\n255\n` as ffmpeg writes it, with room for five digits a side. */
const MAX_HEADER_BYTES = 24;
const HEADER = /^P6\s(\d{1,5}) (\d{1,5})\s255\s$/;

/**
 * Finds pictures in a stream of PPM files, one behind the other, each with its own size.
 * @throws Error when it is none
 */
export class PpmFrames {
  #header = '';
  #size: Omit<RgbPicture, 'data'> | null = null;
  #frames = new FrameBytes(1);
  #missing = 0;

  *add(piece: Uint8Array): Generator<RgbPicture, void, undefined> {
    for (let from = 0; from < piece.length;) {
      if (this.#size === null) {
        this.#addToHeader(piece[from++] ?? 0);
        continue;
      }
      const part = piece.subarray(from, from + this.#missing);
      from += part.length;
      this.#missing -= part.length;
      const size = this.#size;
      for (const data of this.#frames.add(part)) {
        this.#size = null;
        yield { data, ...size };
      }
    }
  }

  #addToHeader(byte: number): void {
    this.#header += String.fromCharCode(byte);
    const [, width, height] = HEADER.exec(this.#header) ?? [];
    if (width !== undefined && height !== undefined) {
      this.#size = { widthPixels: Number(width), heightPixels: Number(height) };
      this.#missing = Number(width) * Number(height) * 3;
      this.#frames = new FrameBytes(this.#missing);
      this.#header = '';
    } else if (this.#header.length > MAX_HEADER_BYTES) {
      throw new Error(`a picture begins with ${JSON.stringify(this.#header)}`);
    }
  }
}
