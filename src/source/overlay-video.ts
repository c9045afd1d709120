import { PassThrough } from 'node:stream';
import { EnvironmentError, throwIfCancelled } from '../shared/errors.js';
import type { FfmpegTools } from './ffmpeg-program.js';
import { overlayArgs } from './overlay-args.js';
import { TextTail } from './text-tail.js';
import type { Timeline } from './timeline.js';
import { videoEncoder } from './video-encoder.js';
import type { VideoInfo } from './video-info.js';
import { VIDEO_LIMITS } from './video-limits.js';
import { runWatched } from './watched-ffmpeg.js';

/** How a line of ffmpeg begins to say what went wrong. */
const REASON = /error|invalid|no space|no such|denied|unable|cannot|failed to/i;

/** How a video is written with pictures laid over it. */
export interface OverlayOptions {
  readonly tools: FfmpegTools;
  /** Path of the mp4 to write; what is there is overwritten. */
  readonly output: string;
  /** How many pictures there are for a second of the video. */
  readonly framesPerSecond: number;
  readonly timeline: Timeline;
  readonly signal?: AbortSignal | undefined;
  /** Told after each picture how many have been taken. */
  readonly onPicture?: ((done: number) => void) | undefined;
  readonly stallTimeoutMs?: number | undefined;
}

/**
 * Writes a video as mp4 (H.264, all its frames at its own size and times, with its sound) with pictures laid over it.
 *
 * A picture is asked for only when ffmpeg has taken the one before, so memory stays the same however long the video
 * is. They are asked for until the video has ended.
 *
 * @param overlays endless: RGBA bytes `[row, column, 4]`, alpha not multiplied in, of the video's displayed size; they may not
 *   be changed until the third next has been asked for
 * @throws CancelledError; EnvironmentError `ffmpeg_not_usable`, `no_video_encoder`, `drawing_not_written`;
 *   RetryableError `ffmpeg_stalled`
 */
export async function overlayVideo(
  video: VideoInfo,
  overlays: AsyncIterable<Uint8Array>,
  options: OverlayOptions,
): Promise<void> {
  const { tools, output, framesPerSecond, timeline, signal } = options;
  const stallTimeoutMs = options.stallTimeoutMs ?? VIDEO_LIMITS.stallTimeoutMs;
  const encoder = await videoEncoder(tools.ffmpeg.path);
  throwIfCancelled(signal);
  // Holds one picture: a write is taken when the one before has gone into ffmpeg's pipe.
  const pipe = new PassThrough({ highWaterMark: 1 });
  const program = tools.ffmpeg;
  const line = overlayArgs({ video, overlays: pipe, framesPerSecond, timeline, encoder, output, program });
  const tail = new TextTail();
  const watch = {
    stallTimeoutMs,
    signal,
    onLine: (text: string) => {
      tail.push(`${text}\n`);
    },
    idle: 'took no picture',
  };
  try {
    const { code } = await runWatched(program.path, line, watch, async (running) => {
      void running.exited.then(() => pipe.destroy()); // it has all it wants, or has failed
      let done = 0;
      for await (const picture of overlays) {
        if (pipe.destroyed) break;
        if (!pipe.write(picture)) await drained(pipe);
        throwIfCancelled(signal);
        running.refresh();
        options.onPicture?.(++done);
      }
      pipe.end(); // only where there were too few after all
    });
    if (code !== 0) throw notWritten(tail.text);
  } finally {
    pipe.destroy();
  }
}

function drained(pipe: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      pipe.removeListener('drain', settle);
      pipe.removeListener('close', settle);
      resolve();
    };
    pipe.once('drain', settle);
    pipe.once('close', settle);
  });
}

function notWritten(said: string): EnvironmentError {
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('frame='));
  const reason = lines.findLast((line) => REASON.test(line)) ?? lines.at(-1) ?? 'ffmpeg gave no reason';
  return new EnvironmentError(
    'drawing_not_written',
    `the drawn video could not be written (${reason.slice(0, 200)}): check the space on the disk, or install a current ffmpeg`,
  );
}
