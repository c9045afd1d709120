import { setImmediate } from 'node:timers/promises';
import { RequestError, throwIfCancelled } from '../shared/errors.js';
import type { Convention } from '../tasks/convention.js';
import type { DecodedMasks } from '../tasks/decoded-masks.js';
import type { Detection, Mask, Problem } from '../tasks/detection.js';
import { MASK_SIDE } from '../tasks/mask-side.js';
import { pasteMask } from '../tasks/paste-mask.js';
import { type PictureSize, pixelBox } from '../tasks/pixel-box.js';
import type { Model } from './model.js';

/** The masks of detections, and why some have none. */
export interface PaintedMasks {
  /** One for each detection, of the picture's size; null where there is none. */
  readonly masks: readonly (Mask | null)[];
  readonly problems: readonly Problem[];
}

/**
 * Turns the codes of detections into masks of a picture. A detection without codes, a box without a pixel or a model
 * without a mask decoder gives null and a problem, not an error.
 *
 * A large mask takes a tenth of a second, and an answer may have dozens: others have a turn after each.
 *
 * @param convention the one the detections were read with: it says how boxes are rounded to pixels
 * @throws CheckpointError for a damaged mask decoder; CancelledError, RetryableError
 */
export async function paintMasks(
  model: Model,
  found: readonly Detection[],
  size: PictureSize,
  convention: Convention,
  signal?: AbortSignal,
): Promise<PaintedMasks> {
  const problems: Problem[] = [];
  const places = found.map(({ label, box, codes }) => {
    const pixels = pixelBox(box, size, convention);
    const reason = codes === null ? 'it has no mask' : pixels === null ? 'its box holds not one pixel' : null;
    if (reason !== null) problems.push({ reason: `${reason}: only the box is given`, text: label });
    return codes === null || pixels === null ? null : { codes, pixels };
  });
  const wanted = places.filter((place) => place !== null);
  if (wanted.length === 0) return { masks: found.map(() => null), problems };

  let decoded: DecodedMasks;
  try {
    decoded = await model.decodeMasks(
      wanted.map(({ codes }) => codes),
      signal,
    );
  } catch (error) {
    if (!(error instanceof RequestError && error.code === 'no_mask_decoder')) throw error;
    return { masks: found.map(() => null), problems: [...problems, { reason: error.message, text: '' }] };
  }
  let start = 0;
  const masks: (Mask | null)[] = [];
  for (const place of places) {
    if (place === null) {
      masks.push(null);
      continue;
    }
    const end = start + MASK_SIDE * MASK_SIDE;
    masks.push(pasteMask(decoded.data.subarray(start, end), place.pixels, size));
    start = end;
    await setImmediate();
    throwIfCancelled(signal);
  }
  return { masks, problems };
}
