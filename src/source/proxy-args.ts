import type { FfmpegCommandLine } from './ffmpeg-args.js';
import { fileInputOptions } from './input-formats.js';
import type { VideoInfo } from './video-info.js';

/** A video that is written again in a form every browser plays. */
export interface ProxyRequest {
  readonly video: Pick<VideoInfo, 'file' | 'streamIndex' | 'widthPixels' | 'heightPixels' | 'hasAudio'>;
  /** Output options of an H.264 encoder, as `videoEncoder` gives them. */
  readonly encoder: readonly string[];
  readonly output: string;
  /** ffmpeg writes no more than this. */
  readonly maxBytes: number;
}

/** A proxy is looked at beside what was said of it: larger sides are of no use there. */
const MAX_SIDE = 1280;
const VIDEO_BITS = 3_000_000;
const SOUND_BITS = 128_000;
/** Encoders keep their rate over seconds only; the index of an hour takes a megabyte. */
const SLACK = 1.25;
const SLACK_BYTES = 1_000_000;
/** Where a file does not say how long it is. */
const UNKNOWN_SECONDS = 3600;

/** The most bytes a proxy of so many seconds can take. */
export function proxyBytes(durationSeconds: number): number {
  const seconds = durationSeconds > 0 ? durationSeconds : UNKNOWN_SECONDS;
  return Math.ceil((seconds * (VIDEO_BITS + SOUND_BITS) * SLACK) / 8) + SLACK_BYTES;
}

/**
 * ffmpeg's arguments for a proxy: an MP4 with H.264 of at most 1280 pixels a side and AAC, its index in front, so that a
 * browser plays it while it loads and jumps in it. Times begin at 0, as those of the results do.
 */
export function proxyArgs({ video, encoder, output, maxBytes }: ProxyRequest): FfmpegCommandLine {
  const { widthPixels: width, heightPixels: height } = video;
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  const even = (side: number): number => Math.max(2, Math.round((side * scale) / 2) * 2);
  return {
    inputOptions: [
      ...['-hide_banner', '-nostdin', '-y', '-stats', '-loglevel', 'info', '-threads', '2'],
      ...fileInputOptions(video.file),
    ],
    input: video.file.url,
    output: `file:${output}`,
    outputOptions: [
      ...['-map', `0:${video.streamIndex}`, '-filter:v', `scale=${even(width)}:${even(height)}`],
      ...(video.hasAudio ? ['-map', '0:a:0', '-c:a', 'aac', '-b:a', String(SOUND_BITS), '-ac', '2'] : []),
      ...encoder,
      // An encoder that aims at a quality is held to a rate; for the others the later -b:v counts.
      ...(encoder.includes('-crf') ? ['-maxrate', String(VIDEO_BITS)] : ['-b:v', String(VIDEO_BITS)]),
      ...['-bufsize', String(2 * VIDEO_BITS), '-pix_fmt', 'yuv420p', '-threads', '2', '-sn', '-dn'],
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart'],
      ...['-fs', String(maxBytes), '-f', 'mp4'],
    ],
  };
}
