import { expect, it } from 'vitest';
import { RateLimit } from '../../../src/delivery/live/rate-limit.js';

it('lets a burst pass, then so many a second', () => {
  let nowMs = 0;
  const limit = new RateLimit(2, 3, () => nowMs);
  const passed = (): number => {
    let count = 0;
    while (limit.take()) count++;
    return count;
  };
  expect(passed()).toBe(3);
  nowMs = 1000;
  expect(passed()).toBe(2);
  nowMs = 1400;
  expect(passed()).toBe(0);
  nowMs = 100_000;
  expect(passed()).toBe(3);
});
