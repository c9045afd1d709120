import { describe, expect, it } from 'vitest';
import { drawBox } from '../../../src/cli/eval-draw-box.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';

const grey = tensor(PIXEL_AXES, [5, 5, 3], new Uint8Array(75).fill(9));
/** Where it is red. */
const shown = (box: Parameters<typeof drawBox>[1]) => {
  const { data } = drawBox(grey, box);
  return Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 5 }, (_, column) => (data[(row * 5 + column) * 3] === 255 ? '#' : '.')).join(''),
  );
};

describe('drawBox', () => {
  it('draws an outline one pixel wide and leaves the picture it was given', () => {
    expect(shown({ top: 0.25, left: 0, bottom: 0.75, right: 1 })).toEqual([
      '.....',
      '#####',
      '#...#',
      '#####',
      '.....',
    ]);
    expect(grey.data.every((value) => value === 9)).toBe(true);
  });

  it('leaves out what is outside', () => {
    expect(shown({ top: -1, left: 0.5, bottom: 0.5, right: 2 })).toEqual([
      '..#..',
      '..#..',
      '..###',
      '.....',
      '.....',
    ]);
  });
});
