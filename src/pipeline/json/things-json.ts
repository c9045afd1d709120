import type { Box } from '../../tasks/detection.js';
import { maskPolygons } from '../../tasks/mask-polygons.js';
import { maskRle } from '../../tasks/mask-rle.js';
import type { FoundThing, WholeThings } from '../events.js';

/** What was found in a frame: boxes as fractions and in pixels, masks as COCO's run lengths. */
export function thingsJson(
  { seconds, size, found, problems }: Pick<WholeThings, 'seconds' | 'size' | 'found' | 'problems'>,
  polygons: boolean,
): object {
  return {
    seconds,
    width: size.width,
    height: size.height,
    found: found.map((thing) => thingJson(thing, polygons)),
    problems,
  };
}

function thingJson({ label, track, score, box, pixels, mask }: FoundThing, polygons: boolean): object {
  return {
    label,
    track,
    score: Math.round(score * 10_000) / 10_000,
    box: boxJson(box),
    box_pixels:
      pixels === null
        ? null
        : boxJson({ yMin: pixels.top, xMin: pixels.left, yMax: pixels.bottom, xMax: pixels.right }),
    ...(mask === null ? {} : { mask: maskRle(mask) }),
    ...(mask === null || !polygons ? {} : { polygons: maskPolygons(mask) }),
  };
}

function boxJson({ yMin, xMin, yMax, xMax }: Box): object {
  return { y_min: yMin, x_min: xMin, y_max: yMax, x_max: xMax };
}
