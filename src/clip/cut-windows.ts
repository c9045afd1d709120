import type { Clip, Frame } from '../shared/frame.js';
import { frameOnScreen } from '../source/frame-on-screen.js';
import type { CutOptions } from './cut-options.js';
import { padCyclically } from './pad-cyclically.js';
import type { WindowsPlan } from './sampling-plan.js';
import { TIME_SLACK_SECONDS, targetOffset, windowCount, windowStart } from './window-places.js';

/**
 * Cuts frames into windows of N, each as soon as a later frame shows that its last one is known.
 *
 * Holds the frames of the open windows only. For each place in a window the frame on screen then is taken,
 * so a slow source gives a frame twice, and a fast one loses what nobody looks at.
 */
export async function* cutWindows(
  frames: AsyncIterable<Frame>,
  plan: WindowsPlan,
  options: CutOptions,
): AsyncGenerator<Clip, void, undefined> {
  const held: Frame[] = [];
  let start = options.startSeconds;
  let index = 0;
  let step = 0;
  const lastTarget = (): number =>
    (start ?? 0) + windowStart(plan, index) + targetOffset(plan, plan.frames - 1) + TIME_SLACK_SECONDS;
  for await (const frame of frames) {
    start ??= frame.timestampSeconds;
    step = frame.timestampSeconds - (held.at(-1)?.timestampSeconds ?? frame.timestampSeconds);
    while (held.length > 0 && frame.timestampSeconds > lastTarget()) {
      yield cut(held, plan, start, index++, Infinity);
      forget(held, start + windowStart(plan, index));
    }
    held.push(frame);
    forget(held, start + windowStart(plan, index));
  }
  if (start === undefined) return;
  const end = options.endSeconds ?? (held.at(-1)?.timestampSeconds ?? start) + step;
  const count = windowCount(plan, end - start, options.tail);
  while (index < count && held.length > 0) {
    yield cut(held, plan, start, index++, end);
    forget(held, start + windowStart(plan, index));
  }
}

function cut(held: readonly Frame[], plan: WindowsPlan, start: number, index: number, end: number): Clip {
  const times = held.map((frame) => frame.timestampSeconds);
  const startSeconds = start + windowStart(plan, index);
  const chosen: Frame[] = [];
  for (let i = 0; i < plan.frames; i++) {
    const target = startSeconds + targetOffset(plan, i);
    if (i > 0 && target >= end - TIME_SLACK_SECONDS) break;
    const frame = held[Math.max(0, frameOnScreen(times, target + TIME_SLACK_SECONDS))];
    if (frame !== undefined) chosen.push(frame);
  }
  const endSeconds = Math.max(startSeconds, Math.min(end, startSeconds + plan.windowSeconds));
  return { index, frames: padCyclically(chosen, plan.frames), startSeconds, endSeconds };
}

/** Drops the frames that are off screen before a time. */
function forget(held: Frame[], beforeSeconds: number): void {
  const times = held.map((frame) => frame.timestampSeconds);
  const onScreen = frameOnScreen(times, beforeSeconds + TIME_SLACK_SECONDS);
  if (onScreen > 0) held.splice(0, onScreen);
}
