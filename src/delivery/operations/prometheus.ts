import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { CountedHistogram } from './counted-histogram.js';
import type { Figures } from './figures.js';
import type { Metric } from './metric.js';
import { METRICS } from './metrics.js';

/** The text that Prometheus reads, with the usual metrics of a Node process. */
export class Prometheus {
  readonly contentType: string;
  readonly #registry = new Registry();
  #figures: Figures | null = null;

  constructor(private readonly read: () => Promise<Figures>) {
    this.contentType = this.#registry.contentType;
    for (const metric of METRICS) this.#register(metric);
    collectDefaultMetrics({ register: this.#registry });
  }

  async text(): Promise<string> {
    this.#figures = await this.read(); // once for all metrics, so that they fit together
    return this.#registry.metrics();
  }

  #register(metric: Metric): void {
    const { name, help, labels = [] } = metric;
    const described = { name, help, labelNames: [...labels], registers: [this.#registry] };
    const sampled = <T>(read: (figures: Figures) => readonly T[]): readonly T[] =>
      this.#figures === null ? [] : read(this.#figures);
    switch (metric.type) {
      case 'gauge': {
        const gauge = new Gauge({
          ...described,
          collect: () => {
            gauge.reset();
            for (const { labels: of = {}, value } of sampled(metric.read)) gauge.set(of, value);
          },
        });
        return;
      }
      case 'counter': {
        const counter = new Counter({
          ...described,
          collect: () => {
            counter.reset();
            for (const { labels: of = {}, value } of sampled(metric.read)) counter.inc(of, value);
          },
        });
        return;
      }
      case 'histogram':
        new CountedHistogram(described, () => sampled(metric.read));
    }
  }
}
