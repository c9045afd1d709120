import { countsSince } from './counts-since.js';
import { quantileOf } from './quantile-of.js';
import { type Stage, type StageCounts, STAGES } from './stages.js';

export interface StageLatency {
  readonly stage: Stage;
  readonly count: number;
  /** Null when nothing was counted. */
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
}

/** Latencies of the last minutes: what has been counted since the oldest of some readings. */
export class RecentLatency {
  readonly #readings: StageCounts[] = [];

  /** @param kept readings; with one every ten seconds, 30 are five minutes */
  constructor(
    private readonly read: () => StageCounts,
    private readonly kept: number,
  ) {
    this.sample();
  }

  /** To be called at even times. */
  sample(): void {
    this.#readings.push(this.read());
    if (this.#readings.length > this.kept) this.#readings.shift();
  }

  get latencies(): readonly StageLatency[] {
    const now = this.read();
    const oldest = this.#readings[0] ?? now;
    return STAGES.map((stage) => {
      const counts = countsSince(oldest[stage], now[stage]);
      const { count } = counts;
      return { stage, count, p50Seconds: quantileOf(counts, 0.5), p95Seconds: quantileOf(counts, 0.95) };
    });
  }
}
