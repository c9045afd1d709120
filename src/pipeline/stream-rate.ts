import type { WindowsPlan } from '../clip/sampling-plan.js';
import type { StreamPlan } from './stream-plan.js';

/** Twice what is looked at: a frame is then never further than half a step from where it is wanted. */
const SPARE = 2;
/** Few steps, so that small changes of a plan do not restart ffmpeg. The lowest is enough for questions. */
const RATES = [2, 5, 10, 15, 30] as const;

/** How many frames a second ffmpeg has to give for a plan; a camera's own rate is the limit. */
export function neededRate({ framesPerWindow, windowSeconds }: StreamPlan): number {
  const wanted = (SPARE * framesPerWindow) / windowSeconds;
  return RATES.find((rate) => rate >= wanted) ?? RATES[RATES.length - 1] ?? wanted;
}

/** The windows of a plan. */
export function planWindows({ framesPerWindow, windowSeconds, overlapSeconds }: StreamPlan): WindowsPlan {
  return {
    kind: 'windows',
    frames: framesPerWindow,
    windowSeconds,
    everySeconds: windowSeconds - overlapSeconds,
  };
}
