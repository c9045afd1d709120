import type { FfmpegTools } from '../../source/ffmpeg-program.js';
import { probeVideo } from '../../source/probe-video.js';

/** What is told of a video before it is looked at. */
export interface VideoFacts {
  readonly kind: 'video' | 'picture';
  readonly container: string;
  readonly codec: string;
  /** As displayed. */
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly durationSeconds: number;
  readonly framesPerSecond: number | null;
  /** `yuv420p`, ...; null when nobody says. */
  readonly pixelFormat: string | null;
  /** Null without sound. */
  readonly audioCodec: string | null;
}

/** @throws RequestError, EnvironmentError of `probeVideo` */
export async function inspectVideo(
  path: string,
  tools: FfmpegTools,
  signal?: AbortSignal,
): Promise<VideoFacts> {
  const info = await probeVideo(path, tools, signal);
  const { kind, container, codec, widthPixels, heightPixels, durationSeconds, framesPerSecond } = info;
  return {
    kind,
    container,
    codec,
    widthPixels,
    heightPixels,
    durationSeconds,
    framesPerSecond: framesPerSecond ?? null,
    pixelFormat: info.pixelFormat ?? null,
    audioCodec: info.audioCodec ?? null,
  };
}
