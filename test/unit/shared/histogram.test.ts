import { expect, it } from 'vitest';
import { Histogram } from '../../../src/shared/histogram.js';

it('counts each duration once, at its bound in the lower bucket, over all bounds in the last', () => {
  const histogram = new Histogram([1, 10]);
  for (const seconds of [0, 1, 1.5, 10, 11, 300]) histogram.add(seconds);
  expect(histogram.counts).toEqual({ bounds: [1, 10], counts: [2, 2, 2], sum: 323.5, count: 6 });
});
