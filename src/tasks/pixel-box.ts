import type { Convention } from './convention.js';
import type { Box } from './detection.js';
import { roundHalfEven } from './round-half-even.js';

/** Width and height of a picture, pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Whole pixels of a picture; `bottom` and `right` are the first row and column outside. */
export interface PixelBox {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/**
 * The pixels of a box in a picture of some size, by the rounding that goes with the convention it was read with:
 * 1023 truncates as Google's evaluation does, 1024 rounds halves to even as its demos do.
 *
 * @returns null when not one pixel is left
 */
export function pixelBox(box: Box, { width, height }: PictureSize, convention: Convention): PixelBox | null {
  const round = convention === 1023 ? Math.trunc : roundHalfEven;
  const place = (fraction: number, size: number) => Math.min(Math.max(round(fraction * size), 0), size);
  const [top, bottom] = [place(box.yMin, height), place(box.yMax, height)];
  const [left, right] = [place(box.xMin, width), place(box.xMax, width)];
  return bottom > top && right > left ? { top, left, bottom, right } : null;
}
