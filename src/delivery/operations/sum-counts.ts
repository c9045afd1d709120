import type { HistogramCounts } from '../../shared/histogram.js';

/** Two histograms with the same bounds as one. */
export function sumCounts(a: HistogramCounts, b: HistogramCounts): HistogramCounts {
  return {
    bounds: a.bounds,
    counts: a.counts.map((count, i) => count + (b.counts[i] ?? 0)),
    sum: a.sum + b.sum,
    count: a.count + b.count,
  };
}
