import type { EveryPlan, WindowsPlan } from './sampling-plan.js';

/** What to do with a window that the source's end cuts short: files repeat its frames, cameras drop it. */
export type TailPolicy = 'repeat' | 'drop';

/** Sums of decimal seconds miss by less than this; no two frames are closer. */
export const TIME_SLACK_SECONDS = 0.0005;

/** A sample every S seconds is a window of S seconds with one frame. */
export function asWindows(plan: EveryPlan | WindowsPlan): WindowsPlan {
  if (plan.kind === 'windows') return plan;
  return { kind: 'windows', frames: 1, windowSeconds: plan.seconds, everySeconds: plan.seconds };
}

/** Where the k-th window begins, in seconds after the first. */
export function windowStart(plan: WindowsPlan, k: number): number {
  return k * plan.everySeconds;
}

/** When the i-th frame of a window is looked at, in seconds after the window's start. */
export function targetOffset(plan: WindowsPlan, i: number): number {
  return (i * plan.windowSeconds) / plan.frames;
}

/**
 * How many windows a source of so many seconds has.
 *
 * The last is the first that reaches the end: a window after it would show nothing new. A source without
 * length (a picture) has one.
 */
export function windowCount(plan: WindowsPlan, durationSeconds: number, tail: TailPolicy): number {
  const beyond = durationSeconds - plan.windowSeconds;
  if (tail === 'drop') {
    return beyond < -TIME_SLACK_SECONDS
      ? 0
      : Math.floor((beyond + TIME_SLACK_SECONDS) / plan.everySeconds) + 1;
  }
  const toReachEnd = 1 + Math.max(0, Math.ceil((beyond - TIME_SLACK_SECONDS) / plan.everySeconds));
  const beginInside = Math.ceil((durationSeconds - TIME_SLACK_SECONDS) / plan.everySeconds);
  return Math.max(1, Math.min(toReachEnd, beginInside));
}
