import type { Frame } from '../../shared/frame.js';

/** A frame of a live source. `timestampSeconds` counts from when the source was first opened, and only grows. */
export interface LiveFrame extends Frame {
  /** When it had been decoded, milliseconds since 1970; never less than for the frame before. */
  readonly capturedAtMs: number;
  /** Which uninterrupted run it belongs to: another number means that something is missing in between. */
  readonly run: number;
  /** Its time as the source has it, by which its picture is known; undefined when it has none. */
  readonly sourceSeconds: number | undefined;
}
