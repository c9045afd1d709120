import type { Clock } from './clock.js';
import type { LiveEnd } from './live-end.js';
import type { LiveLimits } from './live-limits.js';

/** Who is told of a silence. */
export interface SilenceListener {
  onStall(): void;
  onLost(end: LiveEnd): void;
}

/** Notices that a source gives no frame: at first, and later. Whoever makes one ends it. */
export class SilenceWatch {
  readonly #clock: Clock;
  readonly #limits: LiveLimits;
  readonly #listener: SilenceListener;
  #cancel: () => void;

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
    const { stallSeconds, lostSeconds } = this.#limits;
    this.#cancel = this.#clock.after(stallSeconds * 1000, () => {
      this.#listener.onStall();
      this.#cancel = this.#clock.after(Math.max(0, lostSeconds - stallSeconds) * 1000, () => {
        this.#listener.onLost(silence('stream_stalled', `no picture came for ${lostSeconds} s`));
      });
    });
  }

  end(): void {
    this.#cancel();
  }
}

function silence(code: string, reason: string): LiveEnd {
  return { code, reason, isFinal: false };
}
