import { RequestError } from '../shared/errors.js';
import type { SamplingPlan } from './sampling-plan.js';
import { sceneSettings } from './scene-settings.js';

/** PaliGemma was trained on up to 16; each frame costs 256 tokens and more, so beyond this no prompt fits. */
const MAX_FRAMES = 256;
/** A clip a hundredth of a second apart is every frame of any video. */
const MIN_SECONDS = 0.01;
const MAX_SECONDS = 24 * 3600;
/** A scene holds `maxSeconds / sampleSeconds` small frames in memory, windows that overlap those of all of them. */
const MAX_HELD_FRAMES = 1000;

/**
 * Checks the numbers of a plan that came from a user.
 * @throws RequestError `bad_sampling_plan` naming the number and what is allowed
 */
export function checkPlan(plan: SamplingPlan): void {
  if (plan.kind !== 'every') whole('frames', plan.frames, MAX_FRAMES);
  switch (plan.kind) {
    case 'even':
      return;
    case 'stride':
      whole('stride', plan.stride, Number.MAX_SAFE_INTEGER);
      return;
    case 'every':
      between('seconds', plan.seconds, MIN_SECONDS, MAX_SECONDS);
      return;
    case 'windows':
      between('windowSeconds', plan.windowSeconds, MIN_SECONDS, MAX_SECONDS);
      between('everySeconds', plan.everySeconds, MIN_SECONDS, MAX_SECONDS);
      if (Math.ceil(plan.windowSeconds / plan.everySeconds) * plan.frames > MAX_HELD_FRAMES) {
        throw bad(
          'everySeconds',
          plan.everySeconds,
          `more, so that open windows hold at most ${MAX_HELD_FRAMES} frames`,
        );
      }
      return;
    case 'scenes': {
      const { threshold, sampleSeconds, minSeconds, maxSeconds } = sceneSettings(plan);
      between('threshold', threshold, 0, 1);
      between('sampleSeconds', sampleSeconds, MIN_SECONDS, MAX_SECONDS);
      between('minSeconds', minSeconds, 0, maxSeconds);
      between('maxSeconds', maxSeconds, sampleSeconds, sampleSeconds * MAX_HELD_FRAMES);
    }
  }
}

function whole(name: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw bad(name, value, `a whole number from 1 to ${max}`);
}

function between(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw bad(name, value, `from ${min} to ${max}`);
}

function bad(name: string, value: number, allowed: string): RequestError {
  return new RequestError('bad_sampling_plan', `${name} of the sampling is ${value}: give ${allowed}`);
}
