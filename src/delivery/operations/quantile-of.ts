import type { HistogramCounts } from '../../shared/histogram.js';

/**
 * The value that a share of all lie at or below, as near as buckets tell: evenly spread within one, and the last bound
 * for what lies above it. Null when nothing was counted.
 */
export function quantileOf({ bounds, counts, count }: HistogramCounts, share: number): number | null {
  if (count === 0) return null;
  const wanted = share * count;
  let below = 0;
  for (const [i, inBucket] of counts.entries()) {
    const upper = bounds[i];
    if (upper === undefined) break;
    if (inBucket > 0 && below + inBucket >= wanted) {
      const lower = bounds[i - 1] ?? 0;
      return lower + ((upper - lower) * (wanted - below)) / inBucket;
    }
    below += inBucket;
  }
  return bounds.at(-1) ?? null;
}
