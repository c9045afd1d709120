import { maskIou } from '../boxes/mask-iou.js';
import type { Mask } from '../boxes/mask.js';

interface LabelledMask {
  readonly label: string;
  readonly mask: Mask;
}

/**
 * The mean overlap of the things of a picture with what was said of them: each true mask, in order, takes the free
 * one of its label that covers it best, and 0 when there is none. What was said too much does not count.
 */
export function maskRecall(found: readonly LabelledMask[], truth: readonly LabelledMask[]): number {
  const free = [...found];
  const overlaps = truth.map(({ label, mask }) => {
    let best = 0;
    let place = -1;
    free.forEach((candidate, i) => {
      const overlap = candidate.label === label ? maskIou(candidate.mask, mask) : 0;
      if (overlap <= best) return;
      best = overlap;
      place = i;
    });
    if (place >= 0) free.splice(place, 1);
    return best;
  });
  return overlaps.reduce((sum, overlap) => sum + overlap, 0) / truth.length;
}
