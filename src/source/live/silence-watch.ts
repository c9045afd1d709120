import type { Clock } from './clock.js';
import type { LiveEnd } from './live-end.js';
import type { LiveLimits } from './live-limits.js';

/** Who is told of a silence. */
export interface SilenceListener {
  onStall(seconds: number): void;
  onLost(end: LiveEnd): void;
}

/** Of the last gaps between frames, the second longest is what is usual: one silence alone does not make a slow source. */
const GAPS = 4;
/** So many times the usual gap is no silence yet. */
const PATIENCE = 1.5;

/** Notices that a source gives no frame: at first, and later. Whoever makes one ends it. */
export class SilenceWatch {
  readonly #clock: Clock;
  readonly #limits: LiveLimits;
  readonly #listener: SilenceListener;
  #cancel: () => void;
  #lastMs: number | undefined;
  /** Of the last frames, seconds. */
  #gaps: number[] = [];

  constructor(clock: Clock, limits: LiveLimits, listener: SilenceListener) {
    this.#clock = clock;
    this.#limits = limits;
    this.#listener = listener;
    const { connectSeconds } = limits;
    this.#cancel = clock.after(connectSeconds * 1000, () => {
      listener.onLost(silence('stream_timeout', `the source gave no picture within ${connectSeconds} s`));
    });
  }

  /** A frame has come. */
  alive(): void {
    this.#cancel();
    const nowMs = this.#clock.monotonicMs();
    if (this.#lastMs !== undefined) this.#gaps = [...this.#gaps, (nowMs - this.#lastMs) / 1000].slice(-GAPS);
    this.#lastMs = nowMs;
    const { lostSeconds } = this.#limits;
    const stallSeconds = this.#stallSeconds();
    this.#cancel = this.#clock.after(stallSeconds * 1000, () => {
      this.#listener.onStall(stallSeconds);
      this.#cancel = this.#clock.after(Math.max(0, lostSeconds - stallSeconds) * 1000, () => {
        this.#listener.onLost(silence('stream_stalled', `no picture came for ${lostSeconds} s`));
      });
    });
  }

  end(): void {
    this.#cancel();
  }

  /** A source that is slow by itself is not stalled between its frames. */
  #stallSeconds(): number {
    const { stallSeconds, lostSeconds } = this.#limits;
    const [, usual = 0] = this.#gaps.toSorted((a, b) => b - a);
    return Math.min(lostSeconds, Math.max(stallSeconds, PATIENCE * usual));
  }
}

function silence(code: string, reason: string): LiveEnd {
  return { code, reason, isFinal: false };
}
