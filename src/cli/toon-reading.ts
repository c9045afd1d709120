import type { ToonReading } from '../evaluate/toon/toon-reading.js';
import type { Model } from '../model/model.js';
import { scoredDetections } from '../pipeline/scored-detections.js';
import type { Detection } from '../tasks/detection.js';
import { parseDetections } from '../tasks/parse-detections.js';
import { pasteMask } from '../tasks/paste-mask.js';
import { pixelBox } from '../tasks/pixel-box.js';

/** The convention Google's evaluation of boxes and masks reads locations by. */
const CONVENTION = 1023;

/** Reads boxes and masks out of a model's text, masks with its own mask decoder. */
export function toonReading(model: Model, signal: AbortSignal): ToonReading {
  return {
    boxes: ({ steps }) =>
      scoredDetections(steps, CONVENTION).found.map(({ label, box, score }) => ({
        label,
        score,
        box: { top: box.yMin, left: box.xMin, bottom: box.yMax, right: box.xMax },
      })),
    async masks(text, size) {
      const masked = parseDetections(text, CONVENTION).found.flatMap(({ label, box, codes }: Detection) => {
        const place = pixelBox(box, size, CONVENTION);
        return codes === null || place === null ? [] : [{ label, place, codes }];
      });
      if (masked.length === 0) return [];
      const { data, dims } = await model.decodeMasks(
        masked.map(({ codes }) => codes),
        signal,
      );
      const pixels = dims[1] * dims[2];
      return masked.map(({ label, place }, index) => ({
        label,
        mask: pasteMask(data.subarray(index * pixels, (index + 1) * pixels), place, size),
      }));
    },
  };
}
