import type { LiveFrame } from '../source/live/live-frame.js';

/**
 * The frame of a clip that was taken last: not the last in it where there were too few, and they are repeated.
 *
 * @returns undefined without frames
 */
export function newestFrame(frames: readonly LiveFrame[]): LiveFrame | undefined {
  return frames.toSorted((a, b) => a.timestampSeconds - b.timestampSeconds).at(-1);
}
