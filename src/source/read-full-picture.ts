import { availableParallelism } from 'node:os';
import { RequestError } from '../shared/errors.js';
import { PIXEL_AXES, type Pixels, tensor } from '../shared/tensor.js';
import { decodePicture } from './decode-picture.js';
import type { FfmpegTools } from './ffmpeg-program.js';
import { frameOnScreen } from './frame-on-screen.js';
import { isSeekable } from './input-formats.js';
import { readSegments } from './read-segments.js';
import { readTimeline } from './read-timeline.js';
import { ReadingLog } from './reading-log.js';
import { rereadKilled } from './reread-killed.js';
import { canToneMap } from './tone-map.js';
import type { VideoInfo } from './video-info.js';
import { VIDEO_LIMITS } from './video-limits.js';

/** One frame is decoded: threads beyond these would wait. */
const MAX_THREADS = 4;
/** Times of frames that came through JSON or sums may be off by so much. */
const SLACK_SECONDS = 0.0005;

/**
 * The picture a video shows at a time, as displayed, at its own size; of a picture file the picture itself.
 * @throws RequestError `video_unreadable`, `picture_*`; the errors of `rawFrames`
 */
export async function readFullPicture(
  video: VideoInfo,
  atSeconds: number,
  tools: FfmpegTools,
  signal?: AbortSignal,
): Promise<Pixels> {
  if (video.kind === 'picture') return await decodePicture(video.file.path);
  const timeline = await readTimeline(video, tools, { signal });
  const wanted = Math.max(0, frameOnScreen(timeline.seconds, atSeconds + SLACK_SECONDS));
  const { widthPixels, heightPixels } = video;
  const log = new ReadingLog();
  const reading = {
    program: tools.ffmpeg,
    sizing: { widthPixels, heightPixels, toSquare: (bytes: Uint8Array) => bytes },
    toneMap: video.isHdr && (await canToneMap(tools.ffmpeg.path)),
    threads: Math.min(MAX_THREADS, availableParallelism()),
    stallTimeoutMs: VIDEO_LIMITS.stallTimeoutMs,
    onStart: undefined,
    signal,
    log,
  };
  const segments = readSegments(timeline, [wanted], {
    isSeekable: isSeekable(video.container),
    pixels: widthPixels * heightPixels,
  });
  for (const segment of segments) {
    for await (const { bytes } of rereadKilled(video, timeline, segment, reading)) {
      return tensor(PIXEL_AXES, [heightPixels, widthPixels, 3], bytes);
    }
  }
  throw new RequestError(
    'video_unreadable',
    `the frame at ${atSeconds} s of ${JSON.stringify(video.file.path)} cannot be decoded (${log.lastLine}): copy or record it again`,
  );
}
