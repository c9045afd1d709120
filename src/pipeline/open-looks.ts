import type { OpenOptions } from '../clip/open-clips.js';
import { openSpan } from '../clip/open-span.js';
import type { EvenPlan, EveryPlan } from '../clip/sampling-plan.js';
import type { Clip } from '../shared/frame.js';
import { readFrames } from '../source/read-frames.js';

/** How a file is turned into single frames. */
export interface LookOptions extends OpenOptions {
  readonly plan: EvenPlan | EveryPlan;
}

/**
 * The frames of a plan, each as a clip of its own, for tasks that are about one picture: where `openClips` makes one
 * clip of an even plan, this makes one a frame, as soon as it is decoded, and repeats none.
 *
 * A clip begins when its frame is on screen and ends where the next begins.
 * @throws RequestError, EnvironmentError, RetryableError, CancelledError of the steps it takes
 */
export async function* openLooks(path: string, options: LookOptions): AsyncGenerator<Clip, void, undefined> {
  const { tools, size, signal, onWarning } = options;
  const { video, timeline, wanted, startSeconds, endSeconds } = await openSpan(path, options);
  options.onOpen?.({ video, startSeconds, endSeconds, clips: wanted.length, frames: wanted.length });
  const times = wanted.map((frame) => timeline.seconds[frame] ?? 0);
  let next = 0;
  for await (const frame of readFrames(video, timeline, tools, { size, wanted, signal, onWarning })) {
    const { timestampSeconds } = frame;
    while (next < times.length && (times[next] ?? 0) <= timestampSeconds) next++; // past frames that were damaged too
    yield {
      index: frame.index,
      frames: [frame],
      startSeconds: timestampSeconds,
      endSeconds: Math.max(timestampSeconds, times[next] ?? endSeconds),
    };
  }
}
