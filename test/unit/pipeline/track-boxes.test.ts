import { describe, expect, it } from 'vitest';
import { boxOverlap } from '../../../src/pipeline/box-overlap.js';
import { BoxTracker, type LabelledBox } from '../../../src/pipeline/track-boxes.js';

/** A box of 0.1 by 0.1 whose left upper corner is at x, y. */
const at = (label: string, x: number, y = 0.5): LabelledBox => ({
  label,
  box: { yMin: y, xMin: x, yMax: y + 0.1, xMax: x + 0.1 },
});

/** The ids of each look, one a second. */
const follow = (looks: readonly (readonly LabelledBox[])[], tracker = new BoxTracker()) =>
  looks.map((boxes, second) => tracker.update(second, boxes));

describe('boxOverlap', () => {
  it('is 1 for the same box, falls with the distance, and tells near from far where nothing is shared', () => {
    const overlaps = [0, 0.05, 0.1, 0.2, 0.6].map((x) => boxOverlap(at('', 0).box, at('', x).box));
    expect(overlaps[0]).toBeCloseTo(1);
    expect(overlaps[1]).toBeCloseTo(1 / 3);
    expect(overlaps[2]).toBeCloseTo(0);
    expect(overlaps[3]).toBeCloseTo(-1 / 3);
    expect(overlaps[4]).toBeCloseTo(-5 / 7);
    expect(boxOverlap({ yMin: 0, xMin: 0, yMax: 0, xMax: 1 }, at('', 0).box)).toBeLessThanOrEqual(0);
  });
});

describe('BoxTracker', () => {
  it('keeps the id of a thing that moves, in whatever order boxes come', () => {
    const looks = [
      [at('cow', 0.1), at('cow', 0.6)],
      [at('cow', 0.55), at('cow', 0.15)],
      [at('cow', 0.2), at('cow', 0.5)],
    ];
    expect(follow(looks)).toEqual([
      [1, 2],
      [2, 1],
      [1, 2],
    ]);
  });

  it('lets things of a label pass one another', () => {
    // They meet in the middle: what overlaps best there is the other one's old place.
    const looks = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [at('cow', 0.1 + 0.1 * i), at('cow', 0.8 - 0.1 * i)]);
    expect(follow(looks)).toEqual(looks.map(() => [1, 2]));
  });

  it('follows a thing that leaves its own place altogether between looks', () => {
    expect(follow([[at('car', 0.1)], [at('car', 0.25)], [at('car', 0.4)]])).toEqual([[1], [1], [1]]);
  });

  it('takes a thing far away for another', () => {
    expect(follow([[at('car', 0)], [at('car', 0.5)]])).toEqual([[1], [2]]);
  });

  it('keeps labels apart', () => {
    expect(follow([[at('cow', 0.1)], [at('horse', 0.1)], [at('cow', 0.1), at('horse', 0.1)]])).toEqual([
      [1],
      [2],
      [1, 2],
    ]);
  });

  it('bridges a gap of two looks, and no more', () => {
    expect(follow([[at('cow', 0.1)], [], [], [at('cow', 0.1)]]).at(-1)).toEqual([1]);
    expect(follow([[at('cow', 0.1)], [], [], [], [at('cow', 0.1)]]).at(-1)).toEqual([2]);
  });

  it('expects a thing that was hidden where its way leads', () => {
    const looks = [[at('cow', 0.1)], [at('cow', 0.2)], [], [], [at('cow', 0.5), at('cow', 0.2)]];
    expect(follow(looks).at(-1)).toEqual([1, 2]);
  });

  it.each<[string, ...[number, number][]]>([
    ['that came to rest', [0, 0.1], [2, 0.2], [4, 0.25], [64, 0.25], [124, 0.25]],
    ['that stands, give or take a little', [0, 0.5], [1, 0.502], [301, 0.501]],
    ['that went its way no further', [0, 0.1], [1, 0.25], [60, 0.4], [61, 0.4]],
  ])('knows a thing %s after a long time without a look', (_, ...looks) => {
    const tracker = new BoxTracker();
    expect(looks.flatMap(([seconds, x]) => tracker.update(seconds, [at('cow', x)]))).toEqual(
      looks.map(() => 1),
    );
  });

  it('still expects a thing where its way leads when looks are not quite regular', () => {
    const tracker = new BoxTracker();
    tracker.update(0, [at('cow', 0.1)]);
    tracker.update(0.9, [at('cow', 0.2)]);
    tracker.update(2, []);
    tracker.update(3, []);
    expect(tracker.update(3.9, [at('cow', 0.2), at('cow', 0.53)])).toEqual([2, 1]);
  });

  it('gives new ids to things that come, also when one has left, and never an old one again', () => {
    const looks = [
      [at('cow', 0.1)],
      [at('cow', 0.1), at('cow', 0.7)],
      [at('cow', 0.7)],
      [],
      [],
      [],
      [at('cow', 0.1)],
    ];
    expect(follow(looks)).toEqual([[1], [1, 2], [2], [], [], [], [3]]);
  });

  it('gives the same box twice two ids', () => {
    expect(follow([[at('cow', 0.1), at('cow', 0.1)]])).toEqual([[1, 2]]);
  });

  it('matches so that the total is best, not the first best', () => {
    // The old one at 0.2 fits both; taking the nearer would leave the other old one without.
    const looks = [
      [at('cow', 0.1), at('cow', 0.2)],
      [at('cow', 0.19), at('cow', 0.33)],
    ];
    expect(follow(looks).at(-1)).toEqual([1, 2]);
  });
});
