import type { FfmpegTools } from '../source/ffmpeg-program.js';
import { probeVideo } from '../source/probe-video.js';
import { readTimeline } from '../source/read-timeline.js';
import type { Timeline } from '../source/timeline.js';
import { truncationWarning } from '../source/truncation-warning.js';
import type { SourceWarning, VideoInfo } from '../source/video-info.js';
import { checkPlan } from './check-plan.js';
import { frameSpan, type TimeRange } from './frame-span.js';
import { planFrames } from './plan-frames.js';
import type { SamplingPlan } from './sampling-plan.js';

/** Which part of a file is read, and which of its frames. */
export interface SpanOptions {
  readonly tools: FfmpegTools;
  readonly plan: SamplingPlan;
  readonly range?: TimeRange | undefined;
  /** A video that takes longer is refused, whatever it says of itself; none is when left out. */
  readonly maxSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: ((warning: SourceWarning) => void) | undefined;
}

/** A file whose frames can be read by a plan. */
export interface OpenedSpan {
  readonly video: VideoInfo;
  readonly timeline: Timeline;
  /** Numbers of the timeline's frames that the plan takes, rising. */
  readonly wanted: readonly number[];
  /** The part that is read, seconds. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Looks at a file and finds the frames that a plan takes of a part of it; nothing is decoded yet.
 * @throws RequestError, EnvironmentError, RetryableError, CancelledError of the steps it takes
 */
export async function openSpan(path: string, options: SpanOptions): Promise<OpenedSpan> {
  const { tools, plan, range, signal, maxSeconds, onWarning } = options;
  checkPlan(plan);
  const video = await probeVideo(path, tools, signal);
  const timeline = await readTimeline(video, tools, { signal, maxSeconds });
  const truncation = truncationWarning(video, timeline);
  if (truncation !== undefined) onWarning?.(truncation);
  const span = frameSpan(timeline, range);
  return {
    video,
    timeline,
    wanted: planFrames(timeline, plan, span),
    startSeconds: timeline.seconds[span.first] ?? 0,
    endSeconds: span.endSeconds,
  };
}
