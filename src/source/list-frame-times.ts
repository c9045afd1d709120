import type { FfmpegTools } from './ffmpeg-program.js';
import { listArgs } from './probe-args.js';
import { retryKilled } from './retry-killed.js';
import { runFfprobe } from './run-ffprobe.js';
import { TimelineBuilder } from './timeline-builder.js';
import type { VideoInfo } from './video-info.js';
import { VIDEO_LIMITS } from './video-limits.js';

/** How the frames of a video are listed. */
export interface ListingOptions {
  readonly signal?: AbortSignal | undefined;
  /** A video of which frames lie further apart is read no further; any may be as long as it is when left out. */
  readonly maxSeconds?: number | undefined;
}

/**
 * Lists the times of a video's frames: by its packets, which reads the whole file once, as fast as the disk goes, or
 * by its decoded frames.
 * @throws RequestError `video_too_long`, `video_duration`; RetryableError of `runFfprobe`; CancelledError
 */
export function listFrameTimes(
  video: VideoInfo,
  tools: FfmpegTools,
  entries: 'packets' | 'frames',
  { signal, maxSeconds }: ListingOptions,
): Promise<TimelineBuilder> {
  return retryKilled(async () => {
    const builder = new TimelineBuilder(video.file.path, maxSeconds);
    // How it ended does not matter: a damaged file has the frames it has.
    await runFfprobe(tools.ffprobe, listArgs(video.file, video.streamIndex, entries), {
      onLine: (line) => {
        builder.add(line);
      },
      idleTimeoutMs: VIDEO_LIMITS.stallTimeoutMs,
      signal,
    });
    return builder;
  });
}
