import { expect, it } from 'vitest';
import { rates, type StatusSample } from '../../../dashboard/status/status-history.js';

const at = (atSeconds: number, tokens: number): StatusSample => ({ atSeconds, tokens }) as StatusSample;

it('tells how fast a total grew, and nothing where a restart took it back', () => {
  const samples = [at(0, 10), at(2, 30), at(4, 30), at(6, 5), at(7, 8)];
  expect(rates(samples, ({ tokens }) => tokens)).toEqual([null, 10, 0, null, 3]);
});
