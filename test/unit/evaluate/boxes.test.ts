import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../../src/evaluate/boxes/average-precision.js';
import { boxIou } from '../../../src/evaluate/boxes/box-iou.js';
import { maskIou } from '../../../src/evaluate/boxes/mask-iou.js';
import { refcocoScore } from '../../../src/evaluate/boxes/refcoco-score.js';

const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });
const mask = (...data: number[]) => ({ width: data.length, height: 1, data: Uint8Array.from(data) });

describe('boxIou', () => {
  it('is what is shared over what is covered', () => {
    expect(boxIou(box(0, 0, 2, 2), box(1, 0, 3, 2))).toBeCloseTo(1 / 3, 12);
    expect(boxIou(box(0, 0, 1, 1), box(1, 1, 2, 2))).toBe(0);
    expect(boxIou(box(0, 0, 0, 0), box(0, 0, 0, 0))).toBe(0);
  });
});

describe('averagePrecision', () => {
  const truth = [
    { picture: '1', label: 'cat', box: box(0, 0, 10, 10) },
    { picture: '2', label: 'cat', box: box(0, 0, 10, 10) },
  ];
  it('is 1 when all is found and nothing else', () => {
    const found = truth.map((thing) => ({ ...thing, score: 1 }));
    expect(averagePrecision(found, truth, 0.5).mean).toBe(1);
  });

  it('counts a thing found twice as wrong once', () => {
    const [first] = truth;
    const found = [1, 0.9].map((score) => ({ picture: '1', label: 'cat', box: box(0, 0, 10, 10), score }));
    expect(first).toBeDefined();
    // recall ends at a half: 51 of 101 places at precision 1
    expect(averagePrecision(found, truth, 0.5).mean).toBeCloseTo(51 / 101, 12);
  });

  it('looks for labels that are there only', () => {
    const found = [{ picture: '1', label: 'dog', box: box(0, 0, 10, 10), score: 1 }];
    expect(averagePrecision(found, truth, 0.5)).toEqual({ mean: 0, byLabel: new Map([['cat', 0]]) });
    expect(averagePrecision(found, [], 0.5).mean).toBeNaN();
  });
});

describe('masks', () => {
  it('overlap by what both cover', () => {
    expect(maskIou(mask(1, 1, 0, 0), mask(0, 1, 1, 0))).toBeCloseTo(1 / 3, 12);
    expect(maskIou(mask(0, 0), mask(0, 0))).toBe(0);
    expect(() => maskIou(mask(1), mask(1, 1))).toThrow(/1x1 .* 2x1/);
  });

  it('count nothing in RefCOCO when the answer cannot be read', () => {
    const right = { box: box(0, 0, 1, 1), mask: mask(1, 1, 1, 1) };
    const score = refcocoScore([
      { said: right, ...right },
      { said: { box: box(0, 0, 0.6, 1), mask: mask(1, 0, 0, 0) }, ...right },
      { said: null, ...right },
    ]);
    expect(score.meanIou).toBeCloseTo((1 + 0.25) / 3, 12);
    expect(score.boxAccuracy50).toBeCloseTo(2 / 3, 12);
    expect(score.boxAccuracy75).toBeCloseTo(1 / 3, 12);
    expect(score.invalid).toBe(1);
  });
});
