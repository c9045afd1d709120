import { resizePixels } from '../source/resize/resize-pixels.js';
import { PIXEL_AXES, tensor } from '../shared/tensor.js';
import { MASK_SIDE, MASK_SIZE } from './mask-side.js';
import type { PictureSize, PixelBox } from './pixel-box.js';

/** How much each pixel belongs to a thing, at the size of the full picture: what an overlay is drawn with. */
export interface SoftMask {
  readonly width: number;
  readonly height: number;
  /** `[row, column]`, row-major, 0 to 255. Google's demo divides by 255. */
  readonly data: Uint8Array;
}

/**
 * Puts a decoded mask into its box as Google's demos do: made bytes by truncation, then resized with PIL's bicubic
 * filter. The edges are soft. Source: paligemma.md section 8.2.
 *
 * @param decoded `[64, 64]`, nominally -1 to 1
 */
export function pasteSoftMask(decoded: Float32Array, box: PixelBox, size: PictureSize): SoftMask {
  const { width, height } = size;
  const inside = { rows: box.bottom - box.top, columns: box.right - box.left };
  const bytes = decoded.subarray(0, MASK_SIDE * MASK_SIDE);
  // The exact resize is written for RGB; three equal channels give what one would.
  const grey = new Uint8Array(bytes.length * 3);
  bytes.forEach((value, i) => grey.fill(toByte(value), i * 3, i * 3 + 3));
  const square = tensor(PIXEL_AXES, [MASK_SIZE.rows, MASK_SIZE.columns, 3], grey);
  const resized = resizePixels(square, inside, 'bicubic');
  const data = new Uint8Array(width * height);
  for (let row = 0; row < inside.rows; row++) {
    const to = (box.top + row) * width + box.left;
    const from = row * inside.columns;
    for (let x = 0; x < inside.columns; x++) data[to + x] = resized.data[(from + x) * 3] ?? 0;
  }
  return { width, height, data };
}

/** In float32 all the way, as the reference: a last bit can decide which byte it is. */
function toByte(value: number): number {
  const half = Math.fround(Math.fround(value * 0.5) + 0.5);
  return Math.trunc(Math.fround(Math.min(Math.max(half, 0), 1) * 255));
}
