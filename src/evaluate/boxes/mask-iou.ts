import { BugError } from '../../shared/errors.js';
import type { Mask } from './mask.js';

/** Pixels two masks share, as a share of those they cover together; 0 when neither covers any. */
export function maskIou(a: Mask, b: Mask): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new BugError(
      'mask_size',
      `a mask of ${a.width}x${a.height} cannot be held against one of ${b.width}x${b.height}: make them equally large`,
    );
  }
  let shared = 0;
  let covered = 0;
  a.data.forEach((value, i) => {
    const other = b.data[i] ?? 0;
    shared += value & other;
    covered += value | other;
  });
  return covered === 0 ? 0 : shared / covered;
}
