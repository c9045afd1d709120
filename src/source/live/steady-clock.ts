import type { Clock } from './clock.js';

/** Less than this is the ordinary care of a time service, which a monotonic clock does not show. */
const JUMP_MS = 100;

/**
 * Wall time that never goes back: it runs with the monotonic clock, follows the machine's clock when that was set
 * forward (or the machine slept), and ignores it when that was set back.
 */
export class SteadyClock {
  readonly #clock: Clock;
  /** What is added to the monotonic clock. */
  #offsetMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offsetMs = clock.wallMs() - clock.monotonicMs();
  }

  /** Whole milliseconds since 1970, never less than before. */
  nowMs(): number {
    const offset = this.#clock.wallMs() - this.#clock.monotonicMs();
    if (offset > this.#offsetMs + JUMP_MS) this.#offsetMs = offset;
    return Math.round(this.#clock.monotonicMs() + this.#offsetMs);
  }
}
