/** Upper bounds of the buckets, seconds: from a cached answer of a small model to a long prefix of a large one. */
export const LATENCY_BOUNDS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300,
];

/** How often durations fell where; plain data. */
export interface HistogramCounts {
  /** Upper bounds, inclusive, ascending; the last bucket has none. */
  readonly bounds: readonly number[];
  /** One more than there are bounds; not cumulative. */
  readonly counts: readonly number[];
  readonly sum: number;
  readonly count: number;
}

/** Counts durations in fixed buckets. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[] = LATENCY_BOUNDS) {
    this.#bounds = bounds;
    this.#counts = new Array<number>(bounds.length + 1).fill(0);
  }

  add(value: number): void {
    const at = this.#bounds.findIndex((bound) => value <= bound);
    const bucket = at === -1 ? this.#bounds.length : at;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += value;
  }

  get counts(): HistogramCounts {
    const count = this.#counts.reduce((total, each) => total + each, 0);
    return { bounds: this.#bounds, counts: [...this.#counts], sum: this.#sum, count };
  }
}
