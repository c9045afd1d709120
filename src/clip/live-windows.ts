import type { Clip } from '../shared/frame.js';
import type { LiveFrame } from '../source/live/live-frame.js';
import type { WindowsPlan } from './sampling-plan.js';
import { TIME_SLACK_SECONDS, targetOffset } from './window-places.js';

/** A window of a live source, closed. */
export interface LiveClip extends Clip {
  readonly frames: readonly LiveFrame[];
}

/**
 * Cuts a live source into windows of N frames, each closed the moment its last frame comes.
 *
 * For each place in a window the first frame then or later is taken: unlike with files, where the frame on screen
 * counts, nothing has to be waited for. A source slower than the plan gives a frame for several places, and windows
 * without a frame of their own are left out. A window that an interruption cuts short is dropped. Only frames that
 * open windows need are held.
 */
export class LiveWindows {
  #plan: WindowsPlan;
  #held: LiveFrame[] = [];
  /** Where the oldest open window begins; undefined before the first frame. */
  #start: number | undefined;
  #run: number | undefined;
  /** The time of the frame before. */
  #before = -Infinity;
  #index = 0;

  constructor(plan: WindowsPlan) {
    this.#plan = plan;
  }

  /** Other windows begin with the next frame; the same ones go on. */
  update(plan: WindowsPlan): void {
    const { frames, windowSeconds, everySeconds } = this.#plan;
    const isSame =
      plan.frames === frames && plan.windowSeconds === windowSeconds && plan.everySeconds === everySeconds;
    this.#plan = plan;
    if (!isSame) this.#start = undefined;
  }

  /** @returns the window that this frame closes, else null */
  add(frame: LiveFrame): LiveClip | null {
    const seconds = frame.timestampSeconds;
    if (this.#start === undefined || frame.run !== this.#run) {
      this.#start = seconds;
      this.#held = [];
      this.#run = frame.run;
      this.#before = -Infinity;
    }
    if (this.#isNeeded(this.#start, seconds)) this.#held.push(frame);
    this.#before = seconds;
    const { frames: count, everySeconds, windowSeconds } = this.#plan;
    const lastTarget = this.#start + targetOffset(this.#plan, count - 1);
    if (seconds < lastTarget - TIME_SLACK_SECONDS) return null;
    const frames = Array.from(
      { length: count },
      (_, i) => this.#frameAt(targetOffset(this.#plan, i)) ?? frame,
    );
    const startSeconds = this.#start;
    const passed = Math.floor((seconds - lastTarget + TIME_SLACK_SECONDS) / everySeconds);
    const start = startSeconds + (passed + 1) * everySeconds;
    this.#start = start;
    this.#held = this.#held.filter((held) => held.timestampSeconds >= start - TIME_SLACK_SECONDS);
    return { index: this.#index++, frames, startSeconds, endSeconds: startSeconds + windowSeconds };
  }

  /** How many frames are held. */
  get held(): number {
    return this.#held.length;
  }

  /** The first held frame at a place of the oldest window, or later. */
  #frameAt(offset: number): LiveFrame | undefined {
    const target = (this.#start ?? 0) + offset - TIME_SLACK_SECONDS;
    return this.#held.find((frame) => frame.timestampSeconds >= target);
  }

  /** Whether a frame is the first at or after a place of an open window. */
  #isNeeded(start: number, seconds: number): boolean {
    const { frames, windowSeconds, everySeconds } = this.#plan;
    for (let begin = start; begin <= seconds + TIME_SLACK_SECONDS; begin += everySeconds) {
      const step = windowSeconds / frames;
      const place = Math.floor((seconds - begin + TIME_SLACK_SECONDS) / step);
      const target = begin + Math.min(place, frames - 1) * step;
      if (target - TIME_SLACK_SECONDS > this.#before) return true;
    }
    return false;
  }
}
