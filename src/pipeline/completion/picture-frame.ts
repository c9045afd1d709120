import type { Frame } from '../../shared/frame.js';
import { decodePictureBytes } from '../../source/decode-picture-bytes.js';
import { resizePixels } from '../../source/resize/resize-pixels.js';
import { pixelsKey } from './pixels-key.js';

/**
 * A picture as the model sees it.
 * @param name - of the picture, for errors
 * @param size - side of the model's square, pixels
 * @throws RequestError `picture_too_large`, `picture_format`, `picture_unreadable`
 */
export async function pictureFrame(bytes: Uint8Array, name: string, size: number): Promise<Frame> {
  const picture = await decodePictureBytes(bytes, name);
  const pixels = resizePixels(picture, { rows: size, columns: size }, 'bicubic');
  return { key: pixelsKey(pixels), index: 0, timestampSeconds: 0, pixels };
}
