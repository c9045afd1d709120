import type { ClipSpan } from './events.js';
import type { StreamDropped } from './stream-events.js';

/** Drops that follow one another are told together, but not later than this. */
const TELL_EVERY_MS = 1000;

/** Counts windows that nobody looked at, and says when it is time to tell. */
export class DropCounter {
  #total = 0;
  #untold = 0;
  #span: { startSeconds: number; endSeconds: number } | null = null;
  #toldAtMs = -Infinity;

  get total(): number {
    return this.#total;
  }

  /** One more. @returns what is to be told now, if anything */
  add(
    { startSeconds, endSeconds }: Pick<ClipSpan, 'startSeconds' | 'endSeconds'>,
    nowMs: number,
  ): StreamDropped | null {
    this.#total++;
    this.#untold++;
    this.#span = { startSeconds: this.#span?.startSeconds ?? startSeconds, endSeconds };
    return nowMs - this.#toldAtMs >= TELL_EVERY_MS ? this.flush(nowMs) : null;
  }

  /** What has not been told yet. */
  flush(nowMs: number): StreamDropped | null {
    if (this.#span === null) return null;
    const told: StreamDropped = {
      kind: 'dropped',
      reason: 'busy',
      windows: this.#untold,
      totalWindows: this.#total,
      ...this.#span,
      atMs: nowMs,
    };
    this.#untold = 0;
    this.#span = null;
    this.#toldAtMs = nowMs;
    return told;
  }
}
