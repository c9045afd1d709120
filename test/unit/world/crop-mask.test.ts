import { describe, expect, it } from 'vitest';
import { cropMask, MASK_SIDE } from '../../../training/world/crop-mask.js';
import { newCanvas } from '../../../training/world/render.js';

/** A canvas with things painted as rectangles: [owner, left, top, right, bottom]. */
function canvasWith(...things: readonly (readonly [number, number, number, number, number])[]) {
  const canvas = newCanvas(112, 112);
  for (const [owner, left, top, right, bottom] of things)
    for (let y = top; y < bottom; y++) canvas.owner.fill(owner, y * 112 + left, y * 112 + right);
  return canvas;
}
const at = (mask: Uint8Array, x: number, y: number) => mask[y * MASK_SIDE + x];

describe('cropMask', () => {
  it('gives the tight box of what is seen, right and bottom excluded', () => {
    expect(cropMask(canvasWith([3, 10, 20, 50, 30], [4, 40, 0, 60, 112]), 3)).toMatchObject({
      left: 10,
      top: 20,
      right: 40,
      bottom: 30,
    });
  });

  it('fills the whole mask with a thing that fills its box', () => {
    expect(cropMask(canvasWith([1, 5, 6, 7, 112]), 1)?.mask.every((value) => value === 255)).toBe(true);
  });

  it('leaves out what another thing hides', () => {
    const mask = cropMask(canvasWith([1, 0, 0, 100, 100], [2, 50, 0, 90, 40]), 1)?.mask ?? new Uint8Array();
    expect([at(mask, 20, 10), at(mask, 45, 10), at(mask, 45, 40), at(mask, 62, 10)]).toEqual([
      255, 0, 255, 255,
    ]);
  });

  it('averages pixels where it shrinks, as antialiased bilinear does', () => {
    const canvas = newCanvas(128, 128);
    for (let y = 0; y < 128; y++) canvas.owner[y * 128 + 61] = 1; // a line one pixel wide, half of a mask's
    canvas.owner.fill(1, 0, 128); // with it the box is the whole picture
    const mask = cropMask(canvas, 1)?.mask ?? new Uint8Array();
    expect([29, 30, 31, 32].map((x) => at(mask, x, 30))).toEqual([0, 96, 32, 0]);
  });

  it('gives null where nothing of the thing is seen', () => {
    expect(cropMask(canvasWith([1, 0, 0, 9, 9]), 2)).toBeNull();
  });
});
