import { resizeFloats } from '../source/resize/resize-floats.js';
import type { Mask } from './detection.js';
import { MASK_SIDE, MASK_SIZE } from './mask-side.js';
import type { PictureSize, PixelBox } from './pixel-box.js';

/**
 * Puts a decoded mask into its box as Google's RefCOCO evaluation does: the numbers are resized as they are, and a
 * pixel belongs to the thing where they exceed 0. Source: paligemma.md section 8.2.
 *
 * @param decoded `[64, 64]`, nominally -1 to 1
 */
export function pasteMask(decoded: Float32Array, box: PixelBox, size: PictureSize): Mask {
  const { width, height } = size;
  const inside = { rows: box.bottom - box.top, columns: box.right - box.left };
  const resized = resizeFloats(decoded.subarray(0, MASK_SIDE * MASK_SIDE), MASK_SIZE, inside, 'bilinear');
  const data = new Uint8Array(width * height);
  for (let row = 0; row < inside.rows; row++) {
    const to = (box.top + row) * width + box.left;
    const from = row * inside.columns;
    for (let x = 0; x < inside.columns; x++) data[to + x] = (resized[from + x] ?? 0) > 0 ? 1 : 0;
  }
  return { width, height, data };
}
