import { Histogram, type HistogramCounts } from '../../shared/histogram.js';

/** What is known of a request that was answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** As the controllers name it, so that there are few; `none` when there is no such route. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface RouteCounts extends Omit<AnsweredRequest, 'seconds'> {
  readonly seconds: HistogramCounts;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Counts requests by method, route and status. */
export class RequestCounts {
  readonly #routes = new Map<string, { about: Omit<AnsweredRequest, 'seconds'>; seconds: Histogram }>();

  add({ method, route, status, seconds }: AnsweredRequest): void {
    const about = { method: METHODS.has(method) ? method : 'other', route, status };
    const key = Object.values(about).join(' ');
    const known = this.#routes.get(key) ?? { about, seconds: new Histogram() };
    known.seconds.add(seconds);
    this.#routes.set(key, known);
  }

  get routes(): readonly RouteCounts[] {
    return [...this.#routes.values()].map(({ about, seconds }) => ({ ...about, seconds: seconds.counts }));
  }
}
