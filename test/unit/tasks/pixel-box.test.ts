import { expect, it } from 'vitest';
import { pixelBox } from '../../../src/tasks/pixel-box.js';
import { roundHalfEven } from '../../../src/tasks/round-half-even.js';

const SIZE = { width: 100, height: 10 };

it('truncates pixels with 1023, and rounds halves to even with 1024', () => {
  const box = { yMin: 0.25, xMin: 0.125, yMax: 0.75, xMax: 0.999 };
  expect(pixelBox(box, SIZE, 1023)).toEqual({ top: 2, left: 12, bottom: 7, right: 99 });
  expect(pixelBox(box, SIZE, 1024)).toEqual({ top: 2, left: 12, bottom: 8, right: 100 });
});

it('keeps boxes inside the picture, and has none without a pixel', () => {
  expect(pixelBox({ yMin: -1, xMin: 0, yMax: 2, xMax: 1 }, SIZE, 1023)).toEqual({
    top: 0,
    left: 0,
    bottom: 10,
    right: 100,
  });
  expect(pixelBox({ yMin: 0.51, xMin: 0, yMax: 0.55, xMax: 1 }, SIZE, 1023)).toBeNull();
  expect(pixelBox({ yMin: 0, xMin: 0.5, yMax: 1, xMax: 0.4 }, SIZE, 1024)).toBeNull();
});

it('rounds halves as Python does', () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6, 0.49999999999999994].map(roundHalfEven)).toEqual([
    0, 2, 2, 0, -2, 2, 3, 0,
  ]);
});
