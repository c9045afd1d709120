import type { Benchmark } from '../benchmarks/benchmark.js';
import type { BenchmarkItem } from '../readers/benchmark-item.js';
import type { Answered } from './answered.js';
import { BENCHMARK_METRICS } from './benchmark-metrics.js';
import { bootstrapInterval, type Interval } from './bootstrap-interval.js';
import type { PredictionRecord } from './prediction-record.js';
import type { ScoredPart } from './scored-part.js';

export interface BenchmarkScore {
  readonly parts: readonly (ScoredPart & { readonly interval: Interval | null })[];
  /** Items that were scored. */
  readonly scored: number;
  /** Items without public answers, which have predictions only. */
  readonly unscored: number;
  /** Files of items that were missing or could not be read, each once. */
  readonly missing: readonly string[];
  /** Items without a prediction, the missing ones among them. */
  readonly unanswered: number;
}

/** Scores predictions against the dataset. */
export async function scoreBenchmark(
  benchmark: Pick<Benchmark, 'metric'>,
  items: AsyncIterable<BenchmarkItem>,
  predictions: ReadonlyMap<string, PredictionRecord>,
): Promise<BenchmarkScore> {
  const answered: Answered[] = [];
  const missing = new Set<string>();
  let unscored = 0;
  let unanswered = 0;
  for await (const { id, references, group, pair, region } of items) {
    const record = predictions.get(id);
    if (record?.missing !== undefined) missing.add(record.missing);
    if (record?.prediction === undefined) unanswered++;
    else if (references.length === 0 && region === undefined) unscored++;
    else {
      answered.push({
        id,
        references,
        prediction: record.prediction,
        ...(group === undefined ? {} : { group }),
        ...(pair === undefined ? {} : { pair }),
        ...(record.overlap === undefined ? {} : { overlap: record.overlap }),
      });
    }
  }
  const parts = answered.length === 0 ? [] : BENCHMARK_METRICS[benchmark.metric](answered);
  return {
    parts: parts.map(withInterval),
    scored: answered.length,
    unscored,
    missing: [...missing],
    unanswered,
  };
}

function withInterval(part: ScoredPart): ScoredPart & { readonly interval: Interval | null } {
  if (part.groups === null) return { ...part, interval: null };
  const { low, high } = bootstrapInterval(part.groups.map((values) => [...values.values()]));
  return { ...part, interval: { low: 100 * low, high: 100 * high } };
}
