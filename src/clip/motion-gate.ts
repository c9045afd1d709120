import type { LiveFrame } from '../source/live/live-frame.js';
import { blockColors, pictureDistance } from './picture-distance.js';

/** When a window is worth a look. */
export interface MotionSetting {
  /** How much of the picture has to change since the last look, 0 to 1. */
  readonly threshold: number;
  /** A still picture is looked at so often all the same; null never. */
  readonly atLeastEverySeconds: number | null;
}

/** Lets windows through in which something has changed since the last one that it let through. */
export class MotionGate {
  #reference: Float32Array | undefined;
  #lookedAtSeconds = -Infinity;

  /** The first window passes. @param frames of a window, at least one */
  opens(frames: readonly LiveFrame[], { threshold, atLeastEverySeconds }: MotionSetting): boolean {
    const newest = frames.at(-1);
    if (newest === undefined) return false;
    const reference = this.#reference;
    const isDue = newest.timestampSeconds - this.#lookedAtSeconds >= (atLeastEverySeconds ?? Infinity);
    const hasMoved =
      reference === undefined ||
      frames.some((frame) => pictureDistance(reference, blockColors(frame.pixels)) >= threshold);
    if (!isDue && !hasMoved) return false;
    this.#reference = blockColors(newest.pixels);
    this.#lookedAtSeconds = newest.timestampSeconds;
    return true;
  }
}
