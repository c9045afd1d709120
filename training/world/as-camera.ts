import type { Canvas } from './draw.js';
import { Random } from './random.js';
import type { Camera } from './scene.js';

const BLOCK = 4;
const NOISE = gaussianTable(8192);

/** Normal deviates, to be read from a random place: a table is fast enough for video. */
function gaussianTable(count: number): Float32Array {
  const random = new Random(1);
  return Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
  );
}

/** Makes a drawn picture look like one from a camera: blurred, compressed, noisy. The seed decides the noise. */
export function asCamera(canvas: Canvas, { noise, blur, loss }: Camera, seed: number): void {
  if (blur > 0) soften(canvas, blur);
  if (loss > 0) compress(canvas, loss);
  if (noise > 0) {
    const { rgb } = canvas;
    let at = (Math.imul(seed, 0x9e3779b9) >>> 0) % NOISE.length;
    for (let i = 0; i < rgb.length; i++) {
      at = at + 1 < NOISE.length ? at + 1 : (i * 7) % 61;
      const value = (rgb[i] ?? 0) + noise * (NOISE[at] ?? 0);
      rgb[i] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
}

/** Mixes in the mean of each pixel and its four neighbours. */
function soften({ width, height, rgb }: Canvas, share: number): void {
  const from = rgb.slice();
  const line = width * 3;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * line + 3; i < (y + 1) * line - 3; i++) {
      const here = from[i] ?? 0;
      const around = (from[i - 3] ?? 0) + (from[i + 3] ?? 0) + (from[i - line] ?? 0) + (from[i + line] ?? 0);
      rgb[i] = here + share * ((here + around) / 5 - here);
    }
  }
}

/** Takes colour detail, and a little of the light's, out of every block. */
function compress({ width, height, rgb }: Canvas, loss: number): void {
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      const bottom = Math.min(height, top + BLOCK);
      const right = Math.min(width, left + BLOCK);
      const mean = [0, 0, 0];
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++)
          for (let c = 0; c < 3; c++) mean[c] = (mean[c] ?? 0) + (rgb[(y * width + x) * 3 + c] ?? 0);
      const count = (bottom - top) * (right - left);
      const [r, g, b] = [(mean[0] ?? 0) / count, (mean[1] ?? 0) / count, (mean[2] ?? 0) / count];
      const light = (r + g + b) / 3;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const i = (y * width + x) * 3;
          const here = ((rgb[i] ?? 0) + (rgb[i + 1] ?? 0) + (rgb[i + 2] ?? 0)) / 3;
          const kept = here + 0.3 * loss * (light - here);
          for (const [c, centre] of [r, g, b].entries()) {
            const colour = (rgb[i + c] ?? 0) - here;
            const value = kept + colour + loss * (centre - light - colour);
            rgb[i + c] = value < 0 ? 0 : value > 255 ? 255 : value;
          }
        }
      }
    }
  }
}
