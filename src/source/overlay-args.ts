import type { Readable } from 'node:stream';
import type { FfmpegCommandLine } from './ffmpeg-args.js';
import type { FfmpegProgram } from './ffmpeg-program.js';
import { fileInputOptions } from './input-formats.js';
import { keepFrameTimes } from './keep-frame-times.js';
import type { Timeline } from './timeline.js';
import type { VideoInfo } from './video-info.js';

/** A video that is written again with pictures laid over it. */
export interface OverlayRequest {
  readonly video: Pick<
    VideoInfo,
    'file' | 'streamIndex' | 'widthPixels' | 'heightPixels' | 'colorSpace' | 'hasAudio'
  >;
  /** RGBA pictures of the video's displayed size, one every `1 / framesPerSecond` seconds from 0 on. */
  readonly overlays: Readable;
  readonly framesPerSecond: number;
  /** When its frames are shown. */
  readonly timeline: Pick<Timeline, 'seconds'>;
  readonly encoder: readonly string[];
  readonly output: string;
  readonly program: Pick<FfmpegProgram, 'version' | 'year'>;
}

/** Fine enough for every camera's times, and MPEG-4 takes no more than 65535. */
const TIME_BASE = '1:60000';
/** Frames this far from where their rate puts them are at a variable rate. */
const STEADY_SECONDS = 0.0015;
/** What an encoder may be told; others (RGB) do not survive 4:2:0. */
const MATRICES = new Set(['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc']);

/**
 * ffmpeg's arguments for laying pictures over a video.
 *
 * ffmpeg reads the video itself, so its frames keep their times, also at a variable rate, and what is not drawn on
 * goes through no RGB. The pictures begin half a frame early: each is there when the frame it belongs to comes,
 * however times are rounded. They have to go on longer than the video, whose frames are counted: told to end with the
 * shorter one, older builds leave out the last frame. Rotation is ffmpeg's own (`-autorotate`, on by default).
 */
export function overlayArgs(request: OverlayRequest): FfmpegCommandLine {
  const { video, framesPerSecond } = request;
  const { widthPixels, heightPixels, streamIndex, colorSpace } = video;
  const early = Math.round(1e6 / framesPerSecond / 2);
  const graph = [
    `[1:v]settb=1/1000000,setpts=PTS-${early}[drawn]`,
    // 4:2:0 has a colour for every four pixels, so odd sizes grow by a row or column.
    `[0:${streamIndex}][drawn]overlay=eof_action=repeat${evenSize(widthPixels, heightPixels)}[out]`,
  ];
  return {
    inputOptions: [
      '-hide_banner',
      '-nostdin',
      '-y',
      '-stats',
      '-loglevel',
      'info',
      ...fileInputOptions(video.file),
    ],
    input: video.file.url,
    piped: {
      stream: request.overlays,
      options: [
        ...['-f', 'rawvideo', '-pix_fmt', 'rgba', '-video_size', `${widthPixels}x${heightPixels}`],
        ...['-framerate', String(framesPerSecond)],
      ],
    },
    output: `file:${request.output}`,
    outputOptions: [
      ...['-filter_complex', graph.join(';'), '-map', '[out]'],
      ...(video.hasAudio ? ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '160k'] : []),
      ...request.encoder,
      ...timing(request),
      ...['-pix_fmt', 'yuv420p', ...keepFrameTimes(request.program)],
      ...(MATRICES.has(colorSpace ?? '') ? ['-colorspace', colorSpace ?? ''] : []),
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-f', 'mp4'],
    ],
  };
}

/**
 * At a steady rate the encoder counts in frames, and builds of 2018 know how long the last one lasts. At a variable
 * one it counts in small ticks; then they do not, and hide the last frame, so one more is written behind it.
 */
function timing({ timeline: { seconds }, framesPerSecond }: OverlayRequest): string[] {
  const first = seconds[0] ?? 0;
  const isSteady = seconds.every((time, i) => Math.abs(time - first - i / framesPerSecond) < STEADY_SECONDS);
  if (isSteady) return ['-frames:v', String(seconds.length)];
  return ['-frames:v', String(seconds.length + 1), '-enc_time_base', TIME_BASE];
}

function evenSize(width: number, height: number): string {
  if (width % 2 === 0 && height % 2 === 0) return '';
  return `,scale=${width + (width % 2)}:${height + (height % 2)}`;
}
