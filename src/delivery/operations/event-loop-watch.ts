import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { EventLoopDelay } from './figures.js';

const NANOSECONDS = 1e9;

/** How long this process kept its events waiting between the last two samples. */
export class EventLoopWatch {
  readonly #delays: IntervalHistogram = monitorEventLoopDelay({ resolution: 10 });
  #last: EventLoopDelay | null = null;

  constructor() {
    this.#delays.enable();
  }

  /** Null before the first sample. */
  get last(): EventLoopDelay | null {
    return this.#last;
  }

  /** To be called at even times. */
  sample(): void {
    const { max } = this.#delays;
    this.#last = {
      p50Seconds: this.#delays.percentile(50) / NANOSECONDS,
      p99Seconds: this.#delays.percentile(99) / NANOSECONDS,
      maxSeconds: max / NANOSECONDS,
    };
    this.#delays.reset();
  }

  close(): void {
    this.#delays.disable();
  }
}
