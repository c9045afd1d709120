import { type PictureSize, type PixelBox, pixelBox } from './pixel-box.js';

/** The one thing an expression means, as Google's RefCOCO evaluation reads it. */
export interface Referred {
  readonly box: PixelBox;
  readonly codes: readonly number[];
}

const REFERRED = new RegExp(`^${'<loc(\\d{4})>'.repeat(4)}${'<seg(\\d{3})>'.repeat(16)}`);

/**
 * Reads the answer to a referring expression as strictly as big_vision's evaluation: the first 20 tokens must be 4
 * locations and 16 codes with nothing before or between them, the box must go down and right, and must hold a
 * pixel. What follows is not looked at. Boxes are thousandths of 1023, pixels truncated.
 *
 * @returns null for an invalid answer, which scores 0
 */
export function parseReferred(text: string, size: PictureSize): Referred | null {
  const numbers = REFERRED.exec(text)?.slice(1).map(Number);
  if (numbers === undefined) return null;
  const [top = 0, left = 0, bottom = 0, right = 0, ...codes] = numbers;
  if (Math.max(top, left, bottom, right) > 1023 || codes.some((code) => code > 127)) return null;
  const box = { yMin: top / 1023, xMin: left / 1023, yMax: bottom / 1023, xMax: right / 1023 };
  const pixels = pixelBox(box, size, 1023);
  return pixels === null ? null : { box: pixels, codes };
}
