import type { SamplingPlan } from './sampling-plan.js';
import { type TailPolicy, asWindows, windowCount } from './window-places.js';

/** How many clips a plan makes of so many seconds; null where only the frames can tell. */
export function countClips(
  durationSeconds: number,
  plan: SamplingPlan,
  tail: TailPolicy = 'repeat',
): number | null {
  switch (plan.kind) {
    case 'even':
    case 'stride':
      return 1;
    case 'every':
    case 'windows':
      return windowCount(asWindows(plan), durationSeconds, tail);
    case 'scenes':
      return null;
  }
}
