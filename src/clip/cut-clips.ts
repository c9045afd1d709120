import type { Clip, Frame } from '../shared/frame.js';
import { cutOne } from './cut-one.js';
import type { CutOptions } from './cut-options.js';
import { cutScenes } from './cut-scenes.js';
import { cutWindows } from './cut-windows.js';
import type { SamplingPlan } from './sampling-plan.js';
import { asWindows } from './window-places.js';

/**
 * Assembles clips from frames, lazily: a frame is asked for only when the next clip needs it, and only the
 * frames of the open clips are held.
 *
 * Frames come in time order; more than the plan looks at may come, as from a camera, except for `even` and
 * `stride`, which take the frames that `planFrames` chose.
 */
export function cutClips(
  frames: AsyncIterable<Frame>,
  plan: SamplingPlan,
  options: CutOptions,
): AsyncGenerator<Clip, void, undefined> {
  switch (plan.kind) {
    case 'even':
    case 'stride':
      return cutOne(frames, plan.frames, options);
    case 'every':
    case 'windows':
      return cutWindows(frames, asWindows(plan), options);
    case 'scenes':
      return cutScenes(frames, plan, options);
  }
}
