import type { RgbPicture } from './ppm-frames.js';

/** What a camera shows at a moment, in a size for people. */
export interface LivePicture extends RgbPicture {
  /** As the source has it; undefined when it has none. The frame for the model of the same time shows the same. */
  readonly sourceSeconds: number | undefined;
  /** When it had been decoded, milliseconds since 1970. */
  readonly capturedAtMs: number;
}
