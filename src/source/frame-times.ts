import type { ShownFrame } from './showinfo-line.js';

/** The times of frames by their number: told on one pipe, asked for by what comes through another. */
export class FrameTimes {
  readonly #known = new Map<number, number | undefined>();
  #wake: (() => void) | undefined;
  #hasEnded = false;

  add(shown: ShownFrame): void {
    // The first to speak of a number is the filter itself: a later one would be an echo.
    if (!this.#known.has(shown.number)) this.#known.set(shown.number, shown.seconds);
    this.#wake?.();
  }

  /** No more will come. */
  end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }

  /** Waits for a frame's time and forgets it; undefined when it has none or will never come. */
  async take(number: number): Promise<number | undefined> {
    while (!this.#known.has(number) && !this.#hasEnded) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const seconds = this.#known.get(number);
    this.#known.delete(number);
    return seconds;
  }
}
