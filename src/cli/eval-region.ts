import { maskIou } from '../evaluate/boxes/mask-iou.js';
import { polygonMask } from '../evaluate/boxes/polygon-mask.js';
import type { Region } from '../evaluate/readers/benchmark-item.js';
import type { Model } from '../model/model.js';
import { parseReferred } from '../tasks/parse-referred.js';
import { pasteMask } from '../tasks/paste-mask.js';

/** How far the mask that a text stands for covers the true one; 0 for a text without a mask. */
export async function regionOverlap(
  model: Pick<Model, 'decodeMasks'>,
  text: string,
  { width, height, polygons }: Region,
  signal: AbortSignal,
): Promise<number> {
  const said = parseReferred(text, { width, height });
  if (said === null) return 0;
  const { data } = await model.decodeMasks([said.codes], signal);
  return maskIou(pasteMask(data, said.box, { width, height }), polygonMask(polygons, width, height));
}
