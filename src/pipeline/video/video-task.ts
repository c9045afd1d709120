import type { TimeRange } from '../../clip/frame-span.js';
import type { SamplingPlan } from '../../clip/sampling-plan.js';
import type { GenerationOptions } from '../../language/generation.js';
import type { Task } from '../../tasks/task.js';

/** One thing that is asked about a video: what, about which frames, and how the text is chosen. */
export interface VideoTask {
  readonly task: Task;
  /** Tasks that are answered with boxes look at single frames: only `even` and `every` are theirs. */
  readonly plan: SamplingPlan;
  readonly range: TimeRange;
  readonly options: GenerationOptions;
}
