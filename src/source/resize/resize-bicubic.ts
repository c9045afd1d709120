import type { Pixels } from '../../shared/tensor.js';
import { resizePixels } from './resize-pixels.js';

/** Resizes to a square of `size` pixels with PIL's bicubic filter: what PaliGemma's preprocessing does. */
export function resizeBicubic(pixels: Pixels, size: number): Pixels {
  return resizePixels(pixels, { rows: size, columns: size }, 'bicubic');
}
