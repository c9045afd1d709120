import type { FfmpegCommandLine } from '../ffmpeg-args.js';
import type { FfmpegProgram } from '../ffmpeg-program.js';
import { fileInputOptions, SAFE_INPUT_OPTIONS } from '../input-formats.js';
import { keepFrameTimes } from '../keep-frame-times.js';
import { VIDEO_LIMITS } from '../video-limits.js';
import { liveGraph } from './live-graph.js';
import type { LiveTarget } from './live-target.js';

/** What one ffmpeg makes of a live source. */
export interface LiveArgs {
  readonly target: LiveTarget;
  /** The side of the model's square, pixels. */
  readonly size: number;
  /** At most so many frames a second come out. */
  readonly framesPerSecond: number;
  /** Where a file is begun, seconds from its start. */
  readonly fromSeconds: number;
  readonly program: Pick<FfmpegProgram, 'version' | 'year'>;
  /** Through which all HTTP goes, `http://127.0.0.1:1234`; null for none. */
  readonly httpProxy: string | null;
}

/**
 * ffmpeg's arguments for a live source.
 *
 * Each kind may open its own protocols and containers and no others, so that what a camera or playlist says cannot
 * make ffmpeg read a file. One decoder thread: more hold frames back.
 */
export function liveArgs(args: LiveArgs): FfmpegCommandLine {
  const { target, size, framesPerSecond, program } = args;
  return {
    inputOptions: [
      ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info'],
      ...['-threads', '1', '-max_pixels', String(VIDEO_LIMITS.maxPixels)],
      ...kindOptions(args),
    ],
    input: target.input,
    outputOptions: [
      ...['-filter_complex', liveGraph(size, framesPerSecond)],
      ...['-map', '[frames]', '-map_metadata', '-1', '-an', '-sn', '-dn'],
      ...keepFrameTimes(program),
      ...['-c:v', 'rawvideo', '-flush_packets', '1', '-f', 'rawvideo'],
    ],
    // What people see; it is decoded once for both.
    second: {
      outputOptions: [
        ...['-map', '[pictures]', '-map_metadata', '-1', '-an', '-sn', '-dn'],
        ...keepFrameTimes(program),
        ...['-c:v', 'ppm', '-flush_packets', '1', '-f', 'image2pipe'],
      ],
    },
  };
}

/** By default ffmpeg looks at five seconds of a stream before it gives the first frame. */
const LOOK_SHORTLY = ['-analyzeduration', '2000000', '-fpsprobesize', '0'];

function kindOptions({ target, fromSeconds, httpProxy }: LiveArgs): string[] {
  const { isSecure } = target;
  const tls = isSecure ? ['tls'] : [];
  const http = ['http', 'tcp', ...(isSecure ? ['https', 'tls'] : [])];
  // Proxied HTTP over TLS goes through a protocol of its own.
  const proxy = httpProxy === null ? [] : ['-http_proxy', httpProxy];
  const proxied = httpProxy === null ? [] : ['httpproxy'];
  switch (target.kind) {
    case 'rtsp':
      return [
        ...only(['rtp', 'udp', 'tcp', ...tls], ['rtsp']),
        ...LOOK_SHORTLY,
        ...['-rtsp_transport', target.rtspTransport, '-allowed_media_types', 'video', '-f', 'rtsp'],
      ];
    case 'rtmp':
      return [...only(['rtmp', 'rtmps', 'tcp', ...tls], ['flv', 'live_flv']), ...LOOK_SHORTLY, '-f', 'flv'];
    case 'hls':
      // A playlist gives seconds of video at once: read as fast as it is shown.
      return [...only([...http, 'crypto', ...proxied], HLS_CONTAINERS), ...['-re', ...proxy, '-f', 'hls']];
    case 'mjpeg':
      // The pictures have no times of their own.
      return [
        ...only([...http, ...proxied], ['mpjpeg']),
        ...[...proxy, '-use_wallclock_as_timestamps', '1', '-f', 'mpjpeg'],
      ];
    case 'http-mpegts':
      return [...only([...http, ...proxied], ['mpegts']), ...proxy, ...LOOK_SHORTLY, '-f', 'mpegts'];
    case 'udp':
      return [...only(['udp'], ['mpegts']), ...LOOK_SHORTLY, '-f', 'mpegts'];
    case 'srt':
      return [...only(['srt'], ['mpegts']), ...LOOK_SHORTLY, '-f', 'mpegts'];
    case 'file':
      return [
        ...(target.head === undefined ? SAFE_INPUT_OPTIONS : fileInputOptions({ head: target.head })),
        ...['-re', ...(target.loop ? ['-stream_loop', '-1'] : [])],
        ...(fromSeconds > 0 ? ['-ss', fromSeconds.toFixed(6)] : []),
      ];
    case 'v4l2':
    case 'dshow':
      return ['-f', target.kind];
    case 'avfoundation':
      // Without a rate it asks for one that no camera has.
      return ['-framerate', '30', '-f', 'avfoundation'];
  }
}

const HLS_CONTAINERS = ['hls,applehttp', 'mpegts', 'mov,mp4,m4a,3gp,3g2,mj2', 'aac', 'mp3', 'ac3', 'webvtt'];

function only(protocols: readonly string[], formats: readonly string[]): string[] {
  return ['-protocol_whitelist', protocols.join(','), '-format_whitelist', formats.join(',')];
}
