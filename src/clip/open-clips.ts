import type { Clip } from '../shared/frame.js';
import type { FfmpegTools } from '../source/ffmpeg-program.js';
import { probeVideo } from '../source/probe-video.js';
import { readFrames } from '../source/read-frames.js';
import { readTimeline } from '../source/read-timeline.js';
import { truncationWarning } from '../source/truncation-warning.js';
import type { SourceWarning, VideoInfo } from '../source/video-info.js';
import { checkPlan } from './check-plan.js';
import { countClips } from './count-clips.js';
import { cutClips } from './cut-clips.js';
import { type TimeRange, frameSpan } from './frame-span.js';
import { planFrames } from './plan-frames.js';
import type { SamplingPlan } from './sampling-plan.js';

/** What is known of a file once it is open, before the first clip. */
export interface OpenedVideo {
  readonly video: VideoInfo;
  /** The part that is read, seconds. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** How many clips will come; null where only the frames can tell. */
  readonly clips: number | null;
  /** How many frames will be read. */
  readonly frames: number;
}

/** How a file is turned into clips. */
export interface OpenOptions {
  readonly tools: FfmpegTools;
  /** The side of the model's square, pixels. */
  readonly size: number;
  readonly plan: SamplingPlan;
  readonly range?: TimeRange | undefined;
  /** A video that takes longer is refused, whatever it says of itself; none is when left out. */
  readonly maxSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: ((warning: SourceWarning) => void) | undefined;
  readonly onOpen?: ((opened: OpenedVideo) => void) | undefined;
}

/**
 * The clips of a video or picture file, made as they are asked for.
 *
 * Nothing is read ahead of the consumer but what one pipe holds; leaving early ends ffmpeg.
 * @throws RequestError, EnvironmentError, RetryableError, CancelledError of the steps it takes
 */
export async function* openClips(path: string, options: OpenOptions): AsyncGenerator<Clip, void, undefined> {
  const { tools, size, plan, range, signal, maxSeconds, onWarning } = options;
  checkPlan(plan);
  const video = await probeVideo(path, tools, signal);
  const timeline = await readTimeline(video, tools, { signal, maxSeconds });
  const truncation = truncationWarning(video, timeline);
  if (truncation !== undefined) onWarning?.(truncation);
  const span = frameSpan(timeline, range);
  const wanted = planFrames(timeline, plan, span);
  const startSeconds = timeline.seconds[span.first] ?? 0;
  const { endSeconds } = span;
  const clips = countClips(endSeconds - startSeconds, plan);
  options.onOpen?.({ video, startSeconds, endSeconds, clips, frames: wanted.length });
  const frames = readFrames(video, timeline, tools, { size, wanted, signal, onWarning });
  yield* cutClips(frames, plan, { tail: 'repeat', startSeconds, endSeconds });
}
