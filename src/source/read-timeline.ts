import { RequestError } from '../shared/errors.js';
import type { FfmpegTools } from './ffmpeg-program.js';
import { listFrameTimes, type ListingOptions } from './list-frame-times.js';
import type { Timeline } from './timeline.js';
import type { VideoInfo } from './video-info.js';

/**
 * Reads when each frame of a video is displayed.
 *
 * The packets are listed without decoding them. A container that leaves out times (AVI with B-frames, raw streams) is
 * decoded once instead.
 * @throws RequestError `video_unreadable` when no frame has a time, `video_too_long`, `video_duration`
 * @throws CancelledError
 */
export async function readTimeline(
  video: VideoInfo,
  tools: FfmpegTools,
  options: ListingOptions = {},
): Promise<Timeline> {
  if (video.kind === 'picture') {
    return { seconds: Float64Array.of(0), isKey: Uint8Array.of(1), endSeconds: 0, zeroSeconds: 0 };
  }
  const packets = await listFrameTimes(video, tools, 'packets', options);
  const frames = packets.isIncomplete ? await listFrameTimes(video, tools, 'frames', options) : packets;
  // Times worked out by the decoder begin with its own delay, so the first frame is the start.
  const timeline = frames.build(packets.isIncomplete ? 'first frame' : video.zeroSeconds);
  if (timeline.seconds.length > 0) return timeline;
  throw new RequestError(
    'video_unreadable',
    frames.isIncomplete
      ? `${JSON.stringify(video.file.path)} does not say when its frames are shown: put it into a container such as mp4`
      : `${JSON.stringify(video.file.path)} has no readable frame: it may be truncated, copy or record it again`,
  );
}
