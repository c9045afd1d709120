import { CancelledError } from '../shared/errors.js';

/** Whoever waits, first come first served: at most so many have a turn at a time. */
export class TurnQueue {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(turns: number) {
    this.#free = turns;
  }

  /**
   * Waits for a turn.
   * @returns how to give it back, once
   * @throws CancelledError when the signal fires first
   */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw new CancelledError(undefined, { cause: signal.reason });
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal);
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      const [next] = this.#waiting;
      if (next === undefined) this.#free++;
      else next();
    };
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(go);
        signal.removeEventListener('abort', cancel);
      };
      const go = (): void => {
        leave();
        resolve();
      };
      const cancel = (): void => {
        leave();
        reject(new CancelledError(undefined, { cause: signal.reason }));
      };
      this.#waiting.add(go);
      signal.addEventListener('abort', cancel, { once: true });
    });
  }
}
