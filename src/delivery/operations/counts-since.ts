import type { HistogramCounts } from '../../shared/histogram.js';

/** What was counted between two readings of one histogram. */
export function countsSince(before: HistogramCounts, now: HistogramCounts): HistogramCounts {
  return {
    bounds: now.bounds,
    counts: now.counts.map((count, i) => count - (before.counts[i] ?? 0)),
    sum: now.sum - before.sum,
    count: now.count - before.count,
  };
}
