import { parseShowinfo } from '../showinfo-line.js';

/** A frame as ffmpeg gave it. */
export interface ShownLiveFrame<Bytes = Uint8Array> {
  readonly bytes: Bytes;
  /** As the source has it; undefined when it has none. */
  readonly timestampSeconds: number | undefined;
  /** Of the picture where it was told of, before it was scaled; null when ffmpeg did not say. */
  readonly widthPixels: number | null;
  readonly heightPixels: number | null;
}

const SIZE = / s:(\d+)x(\d+) /;
/** Bytes come late by what a pipe holds; more lines than that many frames ahead have lost theirs. */
const MAX_LINES_AHEAD = 1000;
/** ffmpeg says a line before it writes the frame; more frames than are read at a time have lost theirs. */
const MAX_FRAMES_AHEAD = 100;

/** Finds the frames in the bytes of a pipe, which come in pieces. */
export interface FrameSplitter<Bytes> {
  add(piece: Uint8Array): Iterable<Bytes>;
}

/**
 * Brings the frames of one pipe and what another says of them together: both come in order, so the n-th belong
 * together. Numbers are not compared, for ffmpeg counts anew when a camera changes its picture size.
 */
export class ShownFrames<Bytes = Uint8Array> {
  readonly #splitter: FrameSplitter<Bytes>;
  readonly #tag: string;
  readonly #onFrame: (frame: ShownLiveFrame<Bytes>) => void;
  readonly #onDrift: () => void;
  #hasDrifted = false;
  readonly #bytes: Bytes[] = [];
  readonly #lines: Omit<ShownLiveFrame, 'bytes'>[] = [];

  /**
   * @param place of showinfo in the filter graph, by which ffmpeg calls it: there are two
   * @param onDrift told once that frames and lines do not belong together any more; nothing comes after it
   */
  constructor(
    splitter: FrameSplitter<Bytes>,
    place: number,
    onFrame: (frame: ShownLiveFrame<Bytes>) => void,
    onDrift: () => void,
  ) {
    this.#splitter = splitter;
    this.#tag = `[Parsed_showinfo_${place} `;
    this.#onFrame = onFrame;
    this.#onDrift = onDrift;
  }

  /** Takes a piece of the pictures. */
  addBytes(piece: Uint8Array): void {
    for (const bytes of this.#splitter.add(piece)) {
      if (this.#hasDrifted) return;
      this.#bytes.push(bytes);
      this.#pair();
    }
  }

  /** Takes a line; false when it is not about a frame of these. */
  addLine(line: string): boolean {
    if (!line.startsWith(this.#tag)) return false;
    const shown = parseShowinfo(line);
    if (shown === undefined || this.#hasDrifted) return true;
    const [, width, height] = SIZE.exec(line) ?? [];
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
    if (this.#bytes.length <= MAX_FRAMES_AHEAD && this.#lines.length <= MAX_LINES_AHEAD) return;
    this.#hasDrifted = true;
    this.#bytes.length = 0;
    this.#lines.length = 0;
    this.#onDrift();
  }
}
