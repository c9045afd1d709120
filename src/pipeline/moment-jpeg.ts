import { encodeJpeg } from '../source/encode-jpeg.js';
import type { RgbPicture } from '../source/live/ppm-frames.js';

/** Enough for a thumbnail, and to see boxes on: about 15 kB. */
const OPTIONS = { quality: 70, maxSide: 480 };

/** The small JPEG that is kept of a moment. */
export function momentJpeg(picture: RgbPicture): Promise<Buffer> {
  return encodeJpeg(picture, OPTIONS);
}
