import type { Box } from '../tasks/detection.js';

/**
 * How well two boxes agree, from -1 (far apart) to 1 (the same): generalized IoU, which is the share of both that
 * they share, less the share of the rectangle around both that neither covers. Unlike plain IoU it still tells near
 * from far when they do not touch. Source: Rezatofighi et al. 2019, arXiv 1902.09630.
 */
export function boxOverlap(a: Box, b: Box): number {
  const shared = span(a.yMin, a.yMax, b.yMin, b.yMax) * span(a.xMin, a.xMax, b.xMin, b.xMax);
  const both = area(a) + area(b) - shared;
  const around = area({
    yMin: Math.min(a.yMin, b.yMin),
    xMin: Math.min(a.xMin, b.xMin),
    yMax: Math.max(a.yMax, b.yMax),
    xMax: Math.max(a.xMax, b.xMax),
  });
  if (both <= 0 || around <= 0) return -1; // boxes without area agree with nothing
  return shared / both - (around - both) / around;
}

function area({ yMin, xMin, yMax, xMax }: Box): number {
  return (yMax - yMin) * (xMax - xMin);
}

/** The length that two stretches share. */
function span(aMin: number, aMax: number, bMin: number, bMax: number): number {
  return Math.max(0, Math.min(aMax, bMax) - Math.max(aMin, bMin));
}
