import { FrameBytes } from '../frame-bytes.js';
import { parseShowinfo } from '../showinfo-line.js';

/** A frame as ffmpeg gave it. */
export interface ShownLiveFrame {
  /** RGB, `[size, size, 3]`. */
  readonly bytes: Uint8Array;
  /** As the source has it; undefined when it has none. */
  readonly timestampSeconds: number | undefined;
  /** Of the picture before it was squashed; null when ffmpeg did not say. */
  readonly widthPixels: number | null;
  readonly heightPixels: number | null;
}

const SIZE = / s:(\d+)x(\d+) /;
/** Bytes come late by what a pipe holds; more lines than that many frames ahead are a flood. */
const MAX_LINES_AHEAD = 1000;

/**
 * Brings the frames of one pipe and what another says of them together: both come in order, so the n-th belong
 * together. Numbers are not compared, for ffmpeg counts anew when a camera changes its picture size.
 */
export class ShownFrames {
  readonly #frames: FrameBytes;
  readonly #onFrame: (frame: ShownLiveFrame) => void;
  readonly #bytes: Uint8Array[] = [];
  readonly #lines: Omit<ShownLiveFrame, 'bytes'>[] = [];

  constructor(frameBytes: number, onFrame: (frame: ShownLiveFrame) => void) {
    this.#frames = new FrameBytes(frameBytes);
    this.#onFrame = onFrame;
  }

  /** Takes a piece of the pictures. */
  addBytes(piece: Uint8Array): void {
    this.#bytes.push(...this.#frames.add(piece));
    this.#pair();
  }

  /** Takes a line; false when it is not about a frame. */
  addLine(line: string): boolean {
    const shown = parseShowinfo(line);
    if (shown === undefined) return line.startsWith('[Parsed_showinfo');
    const [, width, height] = SIZE.exec(line) ?? [];
    if (this.#lines.length >= MAX_LINES_AHEAD) this.#lines.shift();
    this.#lines.push({
      timestampSeconds: shown.seconds,
      widthPixels: width === undefined ? null : Number(width),
      heightPixels: height === undefined ? null : Number(height),
    });
    this.#pair();
    return true;
  }

  #pair(): void {
    while (this.#bytes.length > 0 && this.#lines.length > 0) {
      const bytes = this.#bytes.shift();
      const line = this.#lines.shift();
      if (bytes !== undefined && line !== undefined) this.#onFrame({ bytes, ...line });
    }
  }
}
