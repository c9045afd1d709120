import type { Model } from '../model/model.js';
import type { LiveFrame } from '../source/live/live-frame.js';
import type { Task } from '../tasks/task.js';
import type { StreamProvenance } from './stream-events.js';

/** What a result about live frames was made of. */
export function liveProvenance(
  { info }: Pick<Model, 'info'>,
  task: Task,
  frames: readonly LiveFrame[],
  prompt: string,
): StreamProvenance {
  return {
    model: info.name,
    precision: info.precision,
    prompt,
    task: task.kind,
    frameSeconds: frames.map((frame) => frame.timestampSeconds),
    frameKeys: frames.map((frame) => frame.key),
  };
}
