import { availableParallelism } from 'node:os';
import { RequestError } from '../shared/errors.js';
import type { Frame } from '../shared/frame.js';
import { PIXEL_AXES, tensor } from '../shared/tensor.js';
import type { FfmpegTools } from './ffmpeg-program.js';
import { frameKeys } from './frame-keys.js';
import { planSize } from './plan-size.js';
import { readPictureFrame } from './read-picture-frame.js';
import { isSeekable } from './input-formats.js';
import { readSegments } from './read-segments.js';
import { ReadingLog } from './reading-log.js';
import { rereadKilled } from './reread-killed.js';
import { canToneMap } from './tone-map.js';
import type { Timeline } from './timeline.js';
import type { SourceWarning, VideoInfo } from './video-info.js';
import { VIDEO_LIMITS } from './video-limits.js';

/** What of a video is read, and how. */
export interface ReadOptions {
  /** The side of the model's square, pixels. */
  readonly size: number;
  /** Numbers of the timeline's frames to read, rising; all when left out. */
  readonly wanted?: readonly number[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told once of each thing that is wrong with the file but does not stop it. */
  readonly onWarning?: ((warning: SourceWarning) => void) | undefined;
  /** Told of each ffmpeg that is started. */
  readonly onStart?: ((pid: number) => void) | undefined;
  readonly stallTimeoutMs?: number | undefined;
}

/** Two threads keep two cores busy; more only hold more frames in memory. */
const MAX_THREADS = 4;

/**
 * Reads frames of a video as RGB at the model's square size: squashed, never padded or cropped, turned as
 * displayed.
 *
 * One ffmpeg runs at a time, and waits while nobody asks for the next frame. A frame that cannot be decoded
 * is left out, and a warning says so; it is an error only when none can.
 * @throws RequestError `video_unreadable`; the errors of `rawFrames`
 */
export async function* readFrames(
  video: VideoInfo,
  timeline: Timeline,
  tools: FfmpegTools,
  options: ReadOptions,
): AsyncGenerator<Frame, void, undefined> {
  const { size, signal, onWarning } = options;
  if (video.kind === 'picture') {
    yield await readPictureFrame(video, size);
    return;
  }
  const wanted = options.wanted ?? Array.from(timeline.seconds, (_, frame) => frame);
  const toneMap = video.isHdr && (await canToneMap(tools.ffmpeg.path));
  if (video.isHdr && !toneMap) {
    onWarning?.({
      code: 'hdr_not_mapped',
      message:
        'this HDR video is shown pale, since this ffmpeg was built without zscale: install a full build',
    });
  }
  const sizing = planSize(video, size);
  const keyOf = frameKeys(video.file, size);
  const log = new ReadingLog();
  let given = 0;
  const reading = {
    program: tools.ffmpeg,
    sizing,
    toneMap,
    threads: Math.min(MAX_THREADS, availableParallelism()),
    stallTimeoutMs: options.stallTimeoutMs ?? VIDEO_LIMITS.stallTimeoutMs,
    onStart: options.onStart,
    signal,
    log,
  };
  const segments = readSegments(timeline, wanted, {
    isSeekable: isSeekable(video.container),
    pixels: video.widthPixels * video.heightPixels,
  });
  for (const segment of segments) {
    for await (const { timestampSeconds, bytes } of rereadKilled(video, timeline, segment, reading)) {
      const pixels = tensor(PIXEL_AXES, [size, size, 3], sizing.toSquare(bytes));
      yield { key: keyOf(timestampSeconds), index: given++, timestampSeconds, pixels };
    }
  }
  if (given === 0) {
    throw new RequestError(
      'video_unreadable',
      `no frame of ${JSON.stringify(video.file.path)} can be decoded (${log.lastLine}): copy or record it again`,
    );
  }
  const missing = wanted.length - given;
  if (missing > 0 || log.complaints > 0) {
    onWarning?.({
      code: 'video_damaged',
      message: `the video is damaged: ${missing} of ${wanted.length} frames could not be decoded, ${log.complaints} complaints of the decoder`,
    });
  }
}
