import { Histogram, type HistogramConfiguration } from 'prom-client';
import type { HistogramCounts } from '../../shared/histogram.js';
import type { Sample } from './metric.js';

interface Value {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** A histogram of Prometheus whose buckets were counted elsewhere. */
export class CountedHistogram extends Histogram {
  readonly #described: { readonly name: string; readonly help: string };
  readonly #read: () => readonly Sample<HistogramCounts>[];

  constructor(configuration: HistogramConfiguration<string>, read: () => readonly Sample<HistogramCounts>[]) {
    super(configuration);
    this.#described = { name: configuration.name, help: configuration.help };
    this.#read = read;
  }

  /** What the registry writes; `get` gives the same. */
  getForPromString(): Promise<object> {
    const values = this.#read().flatMap((sample) => valuesOf(this.#described.name, sample));
    return Promise.resolve({ ...this.#described, type: 'histogram', values, aggregator: 'sum' });
  }
}

/** A bucket of Prometheus has all that lies below its bound. */
function valuesOf(name: string, { labels = {}, value }: Sample<HistogramCounts>): readonly Value[] {
  let below = 0;
  const buckets = value.counts.map((count, i) => {
    below += count;
    const le = value.bounds[i] ?? '+Inf';
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: below };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: value.sum },
    { metricName: `${name}_count`, labels, value: value.count },
  ];
}
