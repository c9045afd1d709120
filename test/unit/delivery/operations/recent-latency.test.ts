import { describe, expect, it } from 'vitest';
import { quantileOf } from '../../../../src/delivery/operations/quantile-of.js';
import { RecentLatency } from '../../../../src/delivery/operations/recent-latency.js';
import { type StageCounts, STAGES } from '../../../../src/delivery/operations/stages.js';
import { Histogram } from '../../../../src/shared/histogram.js';

function counted(...values: number[]) {
  const histogram = new Histogram([1, 2, 4]);
  for (const value of values) histogram.add(value);
  return histogram.counts;
}

describe('quantileOf', () => {
  it.each([
    [[], 0.5, null],
    [[0.5], 0.5, 0.5],
    [[1.5, 1.5], 0.5, 1.5],
    [[1.5, 1.5, 1.5, 1.5], 0.95, 1.95],
    [[0.1, 3, 3, 3], 0.25, 1],
    [[0.1, 3, 3, 3], 1, 4],
    [[9, 9], 0.5, 4],
    [[0.5, 9], 0.5, 1],
  ])('of %j at %d is %j', (values, share, quantile) => {
    expect(quantileOf(counted(...values), share)).toBe(quantile);
  });
});

describe('RecentLatency', () => {
  it('forgets what is older than its readings', () => {
    const queue = new Histogram([1, 2, 4]);
    const read = (): StageCounts =>
      ({
        ...Object.fromEntries(STAGES.map((stage) => [stage, counted()])),
        queue: queue.counts,
      }) as StageCounts;
    const recent = new RecentLatency(read, 2);
    const latest = () => recent.latencies.find(({ stage }) => stage === 'queue');
    expect(latest()).toEqual({ stage: 'queue', count: 0, p50Seconds: null, p95Seconds: null });
    queue.add(3);
    expect(latest()).toMatchObject({ count: 1, p50Seconds: 3 });
    recent.sample();
    queue.add(0.5);
    expect(latest()).toMatchObject({ count: 2 });
    recent.sample();
    expect(latest()).toMatchObject({ count: 1, p50Seconds: 0.5 });
    recent.sample();
    expect(latest()).toMatchObject({ count: 0 });
  });
});
