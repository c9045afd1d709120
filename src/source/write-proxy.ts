import { stat } from 'node:fs/promises';
import { EnvironmentError, RequestError, RetryableError } from '../shared/errors.js';
import { endedFromOutside } from './ended-from-outside.js';
import type { FfmpegTools } from './ffmpeg-program.js';
import { probeVideo } from './probe-video.js';
import { proxyArgs } from './proxy-args.js';
import { retryKilled } from './retry-killed.js';
import { TextTail } from './text-tail.js';
import { videoEncoder } from './video-encoder.js';
import type { VideoInfo } from './video-info.js';
import { VIDEO_LIMITS } from './video-limits.js';
import { runWatched } from './watched-ffmpeg.js';

/** How a proxy is written. */
export interface ProxyOptions {
  readonly tools: FfmpegTools;
  /** Path of the mp4; what is there is overwritten. */
  readonly output: string;
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** Told how far it is, 0 to 1; not at all where the file does not say how long it is. */
  readonly onProgress?: ((share: number) => void) | undefined;
  readonly stallTimeoutMs?: number | undefined;
}

/**
 * Writes a video again as an MP4 that every browser plays; see `proxyArgs`. Half a file may be left when it fails.
 * @throws RequestError of `probeVideo`, `video_unreadable`, `proxy_too_large`; CancelledError; EnvironmentError
 *   `ffmpeg_not_usable`, `no_video_encoder`; RetryableError `ffmpeg_stalled`, `ffmpeg_killed` when it happens again and again
 */
export async function writeProxy(path: string, options: ProxyOptions): Promise<void> {
  const video = await probeVideo(path, options.tools, options.signal);
  await retryKilled(() => writeOnce(video, options));
}

async function writeOnce(video: VideoInfo, options: ProxyOptions): Promise<void> {
  const { tools, output, maxBytes, signal, onProgress } = options;
  const stallTimeoutMs = options.stallTimeoutMs ?? VIDEO_LIMITS.stallTimeoutMs;
  const name = JSON.stringify(video.file.path);
  const line = proxyArgs({ video, encoder: await browserEncoder(tools), output, maxBytes });
  const tail = new TextTail();
  const end = await runWatched(tools.ffmpeg.path, line, {
    stallTimeoutMs,
    signal,
    onLine: (text) => {
      const seconds = progressSeconds(text);
      if (seconds === null) tail.push(`${text}\n`);
      else if (video.durationSeconds > 0) onProgress?.(Math.min(1, seconds / video.durationSeconds));
    },
    idle: 'gave no sign of life',
  });
  const said = tail.text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  if (endedFromOutside(end, said)) {
    throw new RetryableError(
      'ffmpeg_killed',
      `ffmpeg was ended from outside (${end.signal ?? said}) before the proxy was written: try again, with more memory if the system ended it`,
    );
  }
  if (end.code !== 0) {
    throw new RequestError(
      'video_unreadable',
      `${name} cannot be written anew (${said}): convert it to MP4 first`,
    );
  }
  // ffmpeg ends in peace where it may write no more.
  if ((await stat(output)).size >= maxBytes * 0.98) {
    throw new RequestError(
      'proxy_too_large',
      `the proxy of ${name} would take more than ${maxBytes} bytes: convert it to MP4 first`,
    );
  }
}

/** What browsers play is H.264; the encoder of last resort writes MPEG-4, which none does. */
async function browserEncoder({ ffmpeg }: FfmpegTools): Promise<readonly string[]> {
  const encoder = await videoEncoder(ffmpeg.path);
  if (!encoder.includes('mpeg4')) return encoder;
  throw new EnvironmentError(
    'no_video_encoder',
    `${JSON.stringify(ffmpeg.path)} cannot write H.264, which browsers play: install a full ffmpeg, or name one in FFMPEG_PATH`,
  );
}

/** `frame=  100 ... time=00:01:02.50 bitrate=...` as seconds; null for another line. */
function progressSeconds(line: string): number | null {
  const [, hours, minutes, seconds] = /\btime=(\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(line) ?? [];
  return hours === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
