import type { Canvas } from './draw.js';

/** A mask is always this many pixels wide and high once cropped, as the mask coder reads it. */
export const MASK_SIDE = 64;

/** What is seen of one thing: its tight box in pixels (right and bottom excluded) and the box's content at 64 x 64. */
export interface CroppedMask {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Row-major [64, 64]; 0 outside the thing, 255 inside, between them on its edge. */
  readonly mask: Uint8Array;
}

interface Tap {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Triangle filter from `from` pixels to `to`, widened where it shrinks: TensorFlow's bilinear with antialias. */
function taps(from: number, to: number): Tap[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach));
    const last = Math.min(from - 1, Math.ceil(centre + reach));
    const weights: number[] = [];
    for (let j = first; j <= last; j++) weights.push(Math.max(0, 1 - Math.abs((j + 0.5 - centre) / reach)));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** Crops what is seen of the thing numbered `owner`, stretched to 64 x 64; null where nothing of it is seen. */
export function cropMask({ width, height, owner: owners }: Canvas, owner: number): CroppedMask | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (owners[y * width + x] === owner) {
        if (x < left) left = x;
        if (x >= right) right = x + 1;
        if (y < top) top = y;
        bottom = y + 1;
      }
  if (right === 0) return null;
  const across = taps(right - left, MASK_SIDE);
  const rows = new Float32Array((bottom - top) * MASK_SIDE);
  for (let y = top; y < bottom; y++)
    for (const [x, { first, weights }] of across.entries()) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++)
        if (owners[y * width + left + first + i] === owner) sum += weights[i] ?? 0;
      rows[(y - top) * MASK_SIDE + x] = sum;
    }
  const mask = new Uint8Array(MASK_SIDE * MASK_SIDE);
  for (const [y, { first, weights }] of taps(bottom - top, MASK_SIDE).entries())
    for (let x = 0; x < MASK_SIDE; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++)
        sum += (weights[i] ?? 0) * (rows[(first + i) * MASK_SIDE + x] ?? 0);
      mask[y * MASK_SIDE + x] = Math.round(255 * sum);
    }
  return { left, top, right, bottom, mask };
}
