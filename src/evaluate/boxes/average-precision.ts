import { groupBy } from '../lists/group-by.js';
import type { Box } from './box.js';
import { boxIou } from './box-iou.js';

/** Something found in a picture. */
export interface Detection {
  readonly picture: string;
  readonly label: string;
  readonly box: Box;
  /** How sure the model is; the surest are matched first, of equal ones those that come first. */
  readonly score: number;
}

/** Something that is in a picture. */
export interface TrueBox {
  readonly picture: string;
  readonly label: string;
  readonly box: Box;
}

export interface AveragePrecision {
  /** Mean over the labels that there truly are; NaN when there are none. */
  readonly mean: number;
  readonly byLabel: ReadonlyMap<string, number>;
}

/** Precision is read off at so many places of recall, 0 to 1; multiplied and not divided, as the reference rounds. */
const RECALLS = 101;
const RECALL_STEP = 0.01;
/** COCO keeps so many of a picture and label, the surest. */
const MOST_OF_PICTURE = 100;

/**
 * Average precision as COCO has it: each detection, surest first, takes the free true box of its picture and label it
 * covers best, if the overlap reaches `iou`; precision, made to fall only, is averaged over 101 places of recall.
 * Crowds and sizes are not told apart.
 * @source pycocotools, `cocoeval.py`
 */
export function averagePrecision(
  found: readonly Detection[],
  truth: readonly TrueBox[],
  iou: number,
): AveragePrecision {
  const labels = [...new Set(truth.map(({ label }) => label))];
  const byLabel = new Map(
    labels.map((label) => [
      label,
      precisionOf(
        found.filter((detection) => detection.label === label),
        truth.filter((box) => box.label === label),
        iou,
      ),
    ]),
  );
  const sum = [...byLabel.values()].reduce((total, value) => total + value, 0);
  return { mean: sum / byLabel.size, byLabel };
}

function precisionOf(found: readonly Detection[], truth: readonly TrueBox[], iou: number): number {
  const free = groupBy(truth, ({ picture }) => picture);
  const kept = [...groupBy(found, ({ picture }) => picture).values()].flatMap((list) =>
    [...list].sort((a, b) => b.score - a.score).slice(0, MOST_OF_PICTURE),
  );
  const hits = kept
    .map((detection) => ({
      score: detection.score,
      hit: takeBest(detection.box, free.get(detection.picture), iou),
    }))
    .sort((a, b) => b.score - a.score);
  let right = 0;
  const points = hits.map(({ hit }, i) => {
    if (hit) right++;
    return { recall: right / truth.length, precision: right / (i + 1) };
  });
  for (let i = points.length - 2; i >= 0; i--) {
    const [point, next] = [points[i], points[i + 1]];
    if (point !== undefined && next !== undefined)
      point.precision = Math.max(point.precision, next.precision);
  }
  let sum = 0;
  let at = 0;
  for (let i = 0; i < RECALLS; i++) {
    while (at < points.length && (points[at]?.recall ?? 0) < i * RECALL_STEP) at++;
    sum += points[at]?.precision ?? 0;
  }
  return sum / RECALLS;
}

/** Takes the free box that is covered best out of the list, the last of equal ones, as COCO does. */
function takeBest(box: Box, free: TrueBox[] | undefined, iou: number): boolean {
  // COCO lets an overlap of 1 pass whatever rounding made of it.
  let best = Math.min(iou, 1 - 1e-10);
  let place = -1;
  free?.forEach((candidate, i) => {
    const overlap = boxIou(box, candidate.box);
    if (overlap < best) return;
    best = overlap;
    place = i;
  });
  if (place >= 0) free?.splice(place, 1);
  return place >= 0;
}
