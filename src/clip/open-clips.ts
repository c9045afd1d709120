import type { Clip } from '../shared/frame.js';
import { readFrames } from '../source/read-frames.js';
import type { VideoInfo } from '../source/video-info.js';
import { countClips } from './count-clips.js';
import { cutClips } from './cut-clips.js';
import { openSpan, type SpanOptions } from './open-span.js';

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
export interface OpenOptions extends SpanOptions {
  /** The side of the model's square, pixels. */
  readonly size: number;
  readonly onOpen?: ((opened: OpenedVideo) => void) | undefined;
}

/**
 * The clips of a video or picture file, made as they are asked for.
 *
 * Nothing is read ahead of the consumer but what one pipe holds; leaving early ends ffmpeg.
 * @throws RequestError, EnvironmentError, RetryableError, CancelledError of the steps it takes
 */
export async function* openClips(path: string, options: OpenOptions): AsyncGenerator<Clip, void, undefined> {
  const { tools, size, plan, signal, onWarning } = options;
  const { video, timeline, wanted, startSeconds, endSeconds } = await openSpan(path, options);
  const clips = countClips(endSeconds - startSeconds, plan);
  options.onOpen?.({ video, startSeconds, endSeconds, clips, frames: wanted.length });
  const frames = readFrames(video, timeline, tools, { size, wanted, signal, onWarning });
  yield* cutClips(frames, plan, { tail: 'repeat', startSeconds, endSeconds });
}
