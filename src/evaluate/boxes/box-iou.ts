import type { Box } from './box.js';

/** What two boxes share, as a share of what they cover together; 0 for boxes without area. */
export function boxIou(a: Box, b: Box): number {
  const shared = area({
    top: Math.max(a.top, b.top),
    left: Math.max(a.left, b.left),
    bottom: Math.min(a.bottom, b.bottom),
    right: Math.min(a.right, b.right),
  });
  const together = area(a) + area(b) - shared;
  return together > 0 ? shared / together : 0;
}

function area({ top, left, bottom, right }: Box): number {
  return Math.max(0, bottom - top) * Math.max(0, right - left);
}
