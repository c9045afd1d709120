import type { Canvas } from './draw.js';
import type { Light } from './vocabulary.js';

/** What is left of red, green and blue. */
const TINTS: Readonly<Record<Exclude<Light, 'day'>, readonly [number, number, number]>> = {
  dusk: [0.92, 0.7, 0.6],
  dark: [0.48, 0.52, 0.68],
};

/** Lets the light of the hour fall on a picture. */
export function shine(canvas: Canvas, light: Light): void {
  if (light === 'day') return;
  const [red, green, blue] = TINTS[light];
  const { rgb } = canvas;
  for (let i = 0; i < rgb.length; i += 3) {
    rgb[i] = (rgb[i] ?? 0) * red;
    rgb[i + 1] = (rgb[i + 1] ?? 0) * green;
    rgb[i + 2] = (rgb[i + 2] ?? 0) * blue;
  }
}
