import type { Clock } from '../../../../src/source/live/clock.js';

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #nowMs = 5_000;
  #wallMs = 1_700_000_000_000;
  #timers: { at: number; run: () => void }[] = [];

  wallMs(): number {
    return this.#wallMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#nowMs + milliseconds, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass and what is due happen, in order; promises settle in between. */
  async pass(seconds: number): Promise<void> {
    const end = this.#nowMs + seconds * 1000;
    await settle();
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#go(next.at);
      next.run();
      await settle();
    }
    this.#go(end);
    await settle();
  }

  /** Somebody sets the machine's clock. */
  setWall(seconds: number): void {
    this.#wallMs += seconds * 1000;
  }

  get timers(): number {
    return this.#timers.length;
  }

  #go(to: number): void {
    this.#wallMs += to - this.#nowMs;
    this.#nowMs = to;
  }
}

/** Lets everything that is due without a timer happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}
