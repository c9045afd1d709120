import { encodeJpeg } from '../source/encode-jpeg.js';
import type { LivePicture } from '../source/live/live-picture.js';

const jpegs = new WeakMap<LivePicture, Promise<Buffer>>();
/** Good enough to look at: about 30 kB for 640x360. */
const OPTIONS = { quality: 75, maxSide: 640 };

/** A picture of a camera as a JPEG; encoded once, however many look at it. */
export function pictureJpeg(picture: LivePicture): Promise<Buffer> {
  const known = jpegs.get(picture);
  if (known !== undefined) return known;
  const made = encodeJpeg(picture, OPTIONS);
  jpegs.set(picture, made);
  return made;
}
