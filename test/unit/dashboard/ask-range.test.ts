import { expect, it } from 'vitest';
import { askRange } from '../../../dashboard/videos/ask-range.js';

it.each([
  ['whole', 5, 10, null],
  [20, 5, 10, null],
  [2, 5, 10, { startSeconds: 4, endSeconds: 6 }],
  [2, 0, 10, { startSeconds: 0, endSeconds: 2 }],
  [2, 10, 10, { startSeconds: 8, endSeconds: 10 }],
] as const)('of %s around %d s of %d s is %j', (span, at, duration, range) => {
  expect(askRange(span, at, duration)).toEqual(range);
});
