import type { ShownFrame } from './showinfo-line.js';

/** The times of frames by their number: told on one pipe, asked for by what comes through another. */
export class FrameTimes {
  /** Frames told of before ffmpeg last began to count anew: it does so when a file changes its picture size or format. */
  #before = 0;
  #sinceThen = 0;
  readonly #known = new Map<number, number | undefined>();
  #wake: (() => void) | undefined;
  #hasEnded = false;

  add(shown: ShownFrame): void {
    if (shown.number < this.#sinceThen) {
      if (shown.number > 0) return; // an echo: the first to speak of a number is the filter itself
      this.#before += this.#sinceThen;
    }
    this.#sinceThen = shown.number + 1;
    this.#known.set(this.#before + shown.number, shown.seconds);
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
