import type { Box } from './detection.js';
import { roundHalfEven } from './round-half-even.js';

/** A box as the four tokens the model was trained on: y0, x0, y1, x1 of 1023. Source: paligemma.md section 8.1. */
export function encodeBox({ yMin, xMin, yMax, xMax }: Box): string {
  return [yMin, xMin, yMax, xMax].map(location).join('');
}

function location(fraction: number): string {
  const place = Math.min(Math.max(roundHalfEven(fraction * 1023), 0), 1023);
  return `<loc${String(place).padStart(4, '0')}>`;
}
