import { RequestError } from '../shared/errors.js';
import type { FfmpegTools } from './ffmpeg-program.js';
import { listArgs } from './probe-args.js';
import { retryKilled } from './retry-killed.js';
import { runFfprobe } from './run-ffprobe.js';
import { TimelineBuilder } from './timeline-builder.js';
import type { Timeline } from './timeline.js';
import type { VideoInfo } from './video-info.js';
import { VIDEO_LIMITS } from './video-limits.js';

/**
 * Reads when each frame of a video is displayed.
 *
 * The packets are listed without decoding them: that reads the whole file once, as fast as the disk goes.
 * A container that leaves out times (AVI with B-frames, raw streams) is decoded once instead.
 * @throws RequestError `video_unreadable` when no frame has a time, `video_too_long`
 * @throws CancelledError
 */
export async function readTimeline(
  video: VideoInfo,
  tools: FfmpegTools,
  signal?: AbortSignal,
): Promise<Timeline> {
  if (video.kind === 'picture') {
    return { seconds: Float64Array.of(0), isKey: Uint8Array.of(1), endSeconds: 0, zeroSeconds: 0 };
  }
  const packets = await retryKilled(() => list(video, tools, 'packets', signal));
  const timeline = packets.isIncomplete
    ? // Times worked out by the decoder begin with its own delay, so the first frame is the start.
      (await retryKilled(() => list(video, tools, 'frames', signal))).build('first frame')
    : packets.build(video.zeroSeconds);
  if (timeline.seconds.length === 0) {
    throw new RequestError(
      'video_unreadable',
      `${JSON.stringify(video.file.path)} has no readable frame: it may be truncated, copy or record it again`,
    );
  }
  return timeline;
}

async function list(
  video: VideoInfo,
  tools: FfmpegTools,
  entries: 'packets' | 'frames',
  signal: AbortSignal | undefined,
): Promise<TimelineBuilder> {
  const builder = new TimelineBuilder(video.file.path);
  // How it ended does not matter: a damaged file has the frames it has.
  await runFfprobe(tools.ffprobe, listArgs(video.file.url, video.streamIndex, entries), {
    onLine: (line) => {
      builder.add(line);
    },
    idleTimeoutMs: VIDEO_LIMITS.stallTimeoutMs,
    signal,
  });
  return builder;
}
