import type { Box } from './box.js';
import { boxIou } from './box-iou.js';
import type { Mask } from './mask.js';
import { maskIou } from './mask-iou.js';
import { mean } from '../answers/mean.js';

export interface RefcocoItem {
  /**
   * What the model said, read: the box in shares of the picture (`<loc>` numbers over 1023) and the mask at the
   * picture's own size; null when the text holds no box with a mask, or an empty one.
   */
  readonly said: { readonly box: Box; readonly mask: Mask } | null;
  /** In shares of the picture, 0 to 1. */
  readonly box: Box;
  readonly mask: Mask;
}

export interface RefcocoScore {
  /** Mean overlap of the masks; an answer that cannot be read counts 0. */
  readonly meanIou: number;
  /** Share of the boxes that overlap by a half, and by three quarters. */
  readonly boxAccuracy50: number;
  readonly boxAccuracy75: number;
  /** Overlap of each item's masks, in order. */
  readonly ious: readonly number[];
  /** How many answers could not be read. */
  readonly invalid: number;
}

/**
 * RefCOCO's mean overlap of masks at the picture's own size, and how many boxes are right.
 * @source big_vision, `evaluators/proj/paligemma/transfers/segmentation.py`
 */
export function refcocoScore(items: readonly RefcocoItem[]): RefcocoScore {
  const ious = items.map(({ said, mask }) => (said === null ? 0 : maskIou(said.mask, mask)));
  const boxes = items.map(({ said, box }) => (said === null ? 0 : boxIou(said.box, box)));
  const reaching = (least: number): number => mean(boxes.map((overlap) => (overlap >= least ? 1 : 0)));
  return {
    meanIou: mean(ious),
    boxAccuracy50: reaching(0.5),
    boxAccuracy75: reaching(0.75),
    ious,
    invalid: items.filter(({ said }) => said === null).length,
  };
}
