import { describe, expect, it } from 'vitest';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';
import { StillFrames } from '../../../src/vision/still-frames.js';

const grey = (key: string, level: number) => ({
  key,
  pixels: tensor(PIXEL_AXES, [8, 8, 3], new Uint8Array(192).fill(level)),
});
const always = () => true;

describe('StillFrames', () => {
  it('lets the tokens of an encoded frame stand for frames that look almost the same', () => {
    const still = new StillFrames(0.01);
    expect(still.keyFor('door', grey('a', 100), always)).toBe('a');
    expect(still.keyFor('door', grey('b', 102), always)).toBe('a');
    expect(still.keyFor('door', grey('c', 110), always)).toBe('c');
    expect(still.keyFor('door', grey('d', 111), always)).toBe('c');
  });

  it('sees a slow change: distances are from the frame that was encoded', () => {
    const still = new StillFrames(0.01);
    const keys = [100, 102, 104, 106, 108].map((level, i) =>
      still.keyFor('door', grey(String(i), level), always),
    );
    expect(keys).toEqual(['0', '0', '2', '2', '4']);
  });

  it('gives a frame that comes again what it took before', () => {
    const still = new StillFrames(0.01);
    still.keyFor('door', grey('a', 100), always);
    still.keyFor('door', grey('b', 101), always);
    still.keyFor('door', grey('c', 200), always);
    expect(still.keyFor('door', grey('b', 101), always)).toBe('a');
  });

  it('keeps streams apart, and takes nothing from what is forgotten', () => {
    const still = new StillFrames(0.01);
    still.keyFor('door', grey('a', 100), always);
    expect(still.keyFor('yard', grey('b', 100), always)).toBe('b');
    expect(still.keyFor('door', grey('c', 100), () => false)).toBe('c');
  });

  it('is off at 0', () => {
    const still = new StillFrames(0);
    still.keyFor('door', grey('a', 100), always);
    expect(still.keyFor('door', grey('b', 100), always)).toBe('b');
  });
});
