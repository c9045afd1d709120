import { describe, expect, it } from 'vitest';
import { readSegments } from '../../../src/source/read-segments.js';

/** 100 s at 10 frames a second with a key frame each 5 s. */
const timeline = {
  seconds: Float64Array.from({ length: 1000 }, (_, i) => i / 10),
  isKey: Uint8Array.from({ length: 1000 }, (_, i) => Number(i % 50 === 0)),
};
const hd = { isSeekable: true, pixels: 1920 * 1080 };

describe('how frames are read', () => {
  it('jumps to the key frame before each far frame', () => {
    const segments = readSegments(timeline, [0, 420, 999], hd);
    expect(segments.map((segment) => segment.seekFrame)).toEqual([undefined, 400, 950]);
    expect(segments.map((segment) => segment.wanted)).toEqual([[0], [420], [999]]);
  });

  it('goes on in one reading when a jump would save little', () => {
    expect(readSegments(timeline, [0, 40, 60, 99], hd)).toHaveLength(1);
    expect(readSegments(timeline, [0, 420, 999], { isSeekable: true, pixels: 320 * 240 })).toHaveLength(1);
  });

  it('never jumps in a container without a trusted index', () => {
    const [only, ...others] = readSegments(timeline, [500, 999], { ...hd, isSeekable: false });
    expect(only).toEqual({ seekFrame: undefined, wanted: [500, 999], isSelected: true });
    expect(others).toEqual([]);
  });

  it('lets ffmpeg choose when few are wanted, and chooses here when most are', () => {
    const every = (step: number): number[] => Array.from({ length: 200 / step }, (_, i) => i * step);
    expect(readSegments(timeline, every(4), hd)[0]?.isSelected).toBe(true);
    expect(readSegments(timeline, every(2), hd)[0]?.isSelected).toBe(false);
    expect(readSegments(timeline, [10, 11, 12], hd)[0]?.isSelected).toBe(true);
  });

  it('bounds the length of one command', () => {
    const long = {
      seconds: timeline.seconds,
      isKey: new Uint8Array(5000).map((_, i) => Number(i % 50 === 0)),
    };
    const wanted = Array.from({ length: 1000 }, (_, i) => i * 5);
    const segments = readSegments(long, wanted, { isSeekable: true, pixels: 100 });
    expect(segments.map((segment) => segment.wanted.length)).toEqual([300, 300, 300, 100]);
    expect(segments.flatMap((segment) => segment.wanted)).toEqual(wanted);
    const [whole] = readSegments(long, wanted, { isSeekable: false, pixels: 100 });
    expect(whole).toMatchObject({ isSelected: false, wanted });
  });
});
