import type { FfmpegTools } from '../../source/ffmpeg-program.js';
import { listFrameTimes, type ListingOptions } from '../../source/list-frame-times.js';
import { probeVideo } from '../../source/probe-video.js';
import type { VideoInfo } from '../../source/video-info.js';

/** What is told of a video before it is looked at. */
export interface VideoFacts {
  readonly kind: 'video' | 'picture';
  readonly container: string;
  readonly codec: string;
  /** As displayed. */
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** 0 of a picture, and of a video that only decoding all of it would tell. */
  readonly durationSeconds: number;
  readonly framesPerSecond: number | null;
  /** `yuv420p`, ...; null when nobody says. */
  readonly pixelFormat: string | null;
  /** Null without sound. */
  readonly audioCodec: string | null;
}

/** @throws RequestError, EnvironmentError of `probeVideo`; RequestError `video_too_long`, `video_duration` */
export async function inspectVideo(
  path: string,
  tools: FfmpegTools,
  options: ListingOptions = {},
): Promise<VideoFacts> {
  const info = await probeVideo(path, tools, options.signal);
  const { kind, container, codec, widthPixels, heightPixels, framesPerSecond } = info;
  return {
    kind,
    container,
    codec,
    widthPixels,
    heightPixels,
    durationSeconds: await durationOf(info, tools, options),
    framesPerSecond: framesPerSecond ?? null,
    pixelFormat: info.pixelFormat ?? null,
    audioCodec: info.audioCodec ?? null,
  };
}

/** What the file says; of one that does not (a recording that was not closed, a stream in a file) what its packets say. */
async function durationOf(info: VideoInfo, tools: FfmpegTools, options: ListingOptions): Promise<number> {
  if (info.kind === 'picture' || info.durationSeconds > 0) return info.durationSeconds;
  const packets = await listFrameTimes(info, tools, 'packets', options);
  return packets.isIncomplete ? 0 : packets.build(info.zeroSeconds).endSeconds;
}
