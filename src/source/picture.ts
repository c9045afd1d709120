import type { Pixels } from '../shared/tensor.js';
import { decodePicture } from './decode-picture.js';
import type { ResizeFilterName } from './resize/filters.js';
import { resizePixels } from './resize/resize-pixels.js';

/**
 * Reads a picture file as the model sees it: RGB, squashed to a square of `size` pixels with PIL's filter, never
 * padded or cropped.
 * @throws RequestError as decodePicture
 */
export async function readPicture(
  path: string,
  size: number,
  filter: ResizeFilterName = 'bicubic',
): Promise<Pixels> {
  return resizePixels(await decodePicture(path), { rows: size, columns: size }, filter);
}
