import type { LiveClip } from '../clip/live-windows.js';
import { padCyclically } from '../clip/pad-cyclically.js';
import type { LiveFrame } from '../source/live/live-frame.js';

/**
 * One clip of N frames, evenly from first to last, of those that are there; fewer are repeated from the first on.
 *
 * @param recent oldest first
 * @returns null without frames
 */
export function newestClip(recent: readonly LiveFrame[], count: number, index: number): LiveClip | null {
  const [first] = recent;
  const last = recent.at(-1);
  if (first === undefined || last === undefined) return null;
  const chosen = Array.from({ length: Math.min(count, recent.length) }, (_, i) => {
    // The newest frame is always among them: it is what the question is about.
    const place = count === 1 ? recent.length - 1 : Math.round((i * (recent.length - 1)) / (count - 1));
    return recent.length <= count ? recent[i] : recent[place];
  }).filter((frame) => frame !== undefined);
  return {
    index,
    frames: padCyclically(chosen, count),
    startSeconds: first.timestampSeconds,
    endSeconds: last.timestampSeconds,
  };
}
