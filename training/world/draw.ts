import type { Pose } from './scene.js';
import type { Bitmap, Mipmap } from './sprites.js';

/** A picture being drawn: RGB bytes, and for each pixel which thing is seen there (0 is the place itself). */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly owner: Uint8Array;
}

/** The part of the backdrop that is seen, stretched over the canvas, bilinear. */
export function drawBackdrop(
  canvas: Canvas,
  backdrop: Bitmap,
  crop: { readonly x: number; readonly y: number; readonly zoom: number; readonly flip: boolean },
): void {
  const { width, height, rgb } = canvas;
  const from = backdrop.data;
  const limitX = backdrop.width - 1.001;
  const limitY = backdrop.height - 1.001;
  let out = 0;
  for (let row = 0; row < height; row++) {
    const sy = Math.min(
      limitY,
      Math.max(0, (crop.y + ((row + 0.5) / height) * crop.zoom) * backdrop.height - 0.5),
    );
    const y0 = sy | 0;
    const fy = sy - y0;
    for (let column = 0; column < width; column++) {
      const along = crop.flip ? 1 - (column + 0.5) / width : (column + 0.5) / width;
      const sx = Math.min(limitX, Math.max(0, (crop.x + along * crop.zoom) * backdrop.width - 0.5));
      const x0 = sx | 0;
      const fx = sx - x0;
      const a = (y0 * backdrop.width + x0) * 4;
      const b = a + backdrop.width * 4;
      for (let c = 0; c < 3; c++) {
        const top = (from[a + c] ?? 0) * (1 - fx) + (from[a + 4 + c] ?? 0) * fx;
        const bottom = (from[b + c] ?? 0) * (1 - fx) + (from[b + 4 + c] ?? 0) * fx;
        rgb[out++] = top * (1 - fy) + bottom * fy + 0.5;
      }
    }
  }
}

/**
 * Draws one thing over what is there, bilinear from the level of its mipmap that is nearest in size.
 * @param spriteAspect width / height of the drawing
 * @param owner the thing's number, written where it covers more than half of a pixel
 */
export function drawThing(
  canvas: Canvas,
  sprite: Mipmap,
  pose: Pose,
  look: {
    readonly flip: boolean;
    readonly tilt: number;
    readonly aspect: number;
    readonly spriteAspect: number;
  },
  owner: number,
): void {
  if (pose.opacity <= 0) return;
  const { width, height, rgb } = canvas;
  const pixels = pose.size * height;
  const level = sprite.find((bitmap) => bitmap.height < pixels * 1.6) ?? sprite[sprite.length - 1];
  if (level === undefined) return;
  const angle = pose.angle + look.tilt;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const halfWide = (pose.size * look.spriteAspect) / 2;
  const halfHigh = pose.size / 2;
  const reachX = (Math.abs(halfWide * cos) + Math.abs(halfHigh * sin)) / look.aspect;
  const reachY = Math.abs(halfWide * sin) + Math.abs(halfHigh * cos);
  const left = Math.max(0, Math.floor((pose.x - reachX) * width));
  const right = Math.min(width - 1, Math.ceil((pose.x + reachX) * width));
  const top = Math.max(0, Math.floor((pose.y - reachY) * height));
  const bottom = Math.min(height - 1, Math.ceil((pose.y + reachY) * height));
  const from = level.data;
  const wide = level.width;
  const high = level.height;
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= wide || y >= high ? -1 : (y * wide + x) * 4;
  for (let row = top; row <= bottom; row++) {
    const dy = (row + 0.5) / height - pose.y;
    for (let column = left; column <= right; column++) {
      const dx = ((column + 0.5) / width - pose.x) * look.aspect;
      const along = ((dx * cos + dy * sin) / (2 * halfWide)) * (look.flip ? -1 : 1) + 0.5;
      const down = (dy * cos - dx * sin) / (2 * halfHigh) + 0.5;
      const sx = along * wide - 0.5;
      const sy = down * high - 0.5;
      if (sx <= -1 || sy <= -1 || sx >= wide || sy >= high) continue;
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      const fx = sx - x0;
      const fy = sy - y0;
      const [p, q, r, s] = [at(x0, y0), at(x0 + 1, y0), at(x0, y0 + 1), at(x0 + 1, y0 + 1)];
      const wp = p < 0 ? 0 : (1 - fx) * (1 - fy);
      const wq = q < 0 ? 0 : fx * (1 - fy);
      const wr = r < 0 ? 0 : (1 - fx) * fy;
      const ws = s < 0 ? 0 : fx * fy;
      const mix = (c: number): number =>
        wp * (from[p + c] ?? 0) + wq * (from[q + c] ?? 0) + wr * (from[r + c] ?? 0) + ws * (from[s + c] ?? 0);
      const alpha = mix(3) * pose.opacity;
      if (alpha <= 0) continue;
      const keep = 1 - alpha / 255;
      const out = (row * width + column) * 3;
      for (let c = 0; c < 3; c++)
        rgb[out + c] = Math.min(255, mix(c) * pose.opacity + keep * (rgb[out + c] ?? 0) + 0.5);
      if (alpha > 127) canvas.owner[row * width + column] = owner;
    }
  }
}
