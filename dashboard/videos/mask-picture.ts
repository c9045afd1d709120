import type { MaskRle } from '../../src/tasks/mask-rle.js';
import { unpackRuns } from './unpack-runs.js';

/** How much of a mask's colour is laid over the picture. */
const OPACITY = 110;

/** A mask as a picture of its own size in one colour, clear outside of the thing. */
export function maskPicture(
  { size: [height, width], counts }: MaskRle,
  colour: readonly number[],
): ImageData {
  const picture = new ImageData(width, height);
  const [red = 0, green = 0, blue = 0] = colour;
  let at = 0;
  let isInside = false;
  for (const run of unpackRuns(counts)) {
    for (const end = at + run; at < end; at++) {
      const pixel = ((at % height) * width + Math.floor(at / height)) * 4;
      if (isInside) picture.data.set([red, green, blue, OPACITY], pixel);
    }
    isInside = !isInside;
  }
  return picture;
}
