import type { TextWriter } from './text-writer.js';

/**
 * Ends a text before the first of some texts, whichever tokens those are made of. What may be the beginning of one is
 * held back until more is known.
 */
export class StopWriter implements TextWriter {
  #held = '';
  #hasStopped = false;

  constructor(
    private readonly writer: TextWriter,
    private readonly stops: readonly string[],
  ) {}

  /** Whether one of the texts has come: nothing is written from then on. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  push(id: number): string {
    this.#held += this.writer.push(id);
    return this.#release(this.#beginning());
  }

  end(): string {
    this.#held += this.writer.end();
    return this.#release(0);
  }

  /** @param keep - letters at the end that are not given yet */
  #release(keep: number): string {
    if (this.#hasStopped) return '';
    const places = this.stops.map((stop) => this.#held.indexOf(stop)).filter((place) => place !== -1);
    this.#hasStopped = places.length > 0;
    const length = this.#hasStopped ? Math.min(...places) : this.#held.length - keep;
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }

  /** How many letters at the end may be the beginning of a stop text. */
  #beginning(): number {
    const longest = Math.max(0, ...this.stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, this.#held.length); length > 0; length--) {
      const end = this.#held.slice(-length);
      if (this.stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}
