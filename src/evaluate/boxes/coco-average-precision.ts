import { averagePrecision, type Detection, type TrueBox } from './average-precision.js';

/** Overlaps at which COCO's headline number is taken, rounded as the reference rounds them. */
const OVERLAPS = [...Array.from({ length: 9 }, (_, i) => 0.5 + i * ((0.95 - 0.5) / 9)), 0.95];

/** Mean average precision over overlaps of 0.5 to 0.95, COCO's headline number. */
export function cocoAveragePrecision(found: readonly Detection[], truth: readonly TrueBox[]): number {
  return OVERLAPS.reduce((sum, iou) => sum + averagePrecision(found, truth, iou).mean, 0) / OVERLAPS.length;
}
