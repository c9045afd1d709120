import type { Clip, Frame } from '../shared/frame.js';
import type { CutOptions } from './cut-options.js';
import { padCyclically } from './pad-cyclically.js';
import { blockColors, pictureDistance } from './picture-distance.js';
import type { ScenesPlan } from './sampling-plan.js';
import { sceneSettings } from './scene-settings.js';

/**
 * Cuts frames into scenes and yields N frames of each, evenly.
 *
 * A cut is where a frame differs from the one before it by the threshold or more, in the mean colours of 8x8
 * blocks. Holds the frames of one scene, which `maxSeconds` ends. A short last scene is a scene, so `tail`
 * does not matter; one with fewer frames than N repeats them.
 */
export async function* cutScenes(
  frames: AsyncIterable<Frame>,
  plan: ScenesPlan,
  options: CutOptions,
): AsyncGenerator<Clip, void, undefined> {
  const { threshold, minSeconds, maxSeconds } = sceneSettings(plan);
  let scene: Frame[] = [];
  let startSeconds = options.startSeconds ?? 0;
  let before: Float32Array | undefined;
  let index = 0;
  for await (const frame of frames) {
    const colors = blockColors(frame.pixels);
    const isCut = before !== undefined && pictureDistance(before, colors) >= threshold;
    const length = frame.timestampSeconds - startSeconds;
    if (scene.length > 0 && ((isCut && length >= minSeconds) || length >= maxSeconds)) {
      yield clipOf(scene, plan.frames, index++, startSeconds, frame.timestampSeconds);
      scene = [];
    }
    if (scene.length === 0 && (index > 0 || options.startSeconds === undefined)) {
      startSeconds = frame.timestampSeconds;
    }
    before = colors;
    scene.push(frame);
  }
  const last = scene.at(-1);
  if (last === undefined) return;
  yield clipOf(scene, plan.frames, index, startSeconds, options.endSeconds ?? last.timestampSeconds);
}

function clipOf(
  scene: readonly Frame[],
  count: number,
  index: number,
  startSeconds: number,
  endSeconds: number,
): Clip {
  const total = scene.length;
  const even = Array.from({ length: Math.min(count, total) }, (_, i) =>
    total <= count ? scene[i] : scene[Math.floor((i * total) / count)],
  ).filter((frame) => frame !== undefined);
  return { index, frames: padCyclically(even, count), startSeconds, endSeconds };
}
