import type { VideoFacts } from '../../pipeline/video/inspect-video.js';
import { RequestError } from '../../shared/errors.js';

/** What a video may be, as far as looking at its head tells. */
export interface FactLimits {
  readonly maxVideoSeconds: number;
  /** Width times height. */
  readonly maxPixels: number;
  /** Names of codecs as ffmpeg has them; empty: all that ffmpeg reads. */
  readonly codecs: readonly string[];
}

/** @throws RequestError `video_duration`, `video_resolution`, `video_codec` */
export function expectAllowed(facts: VideoFacts, { maxVideoSeconds, maxPixels, codecs }: FactLimits): void {
  const { kind, codec, widthPixels, heightPixels, durationSeconds } = facts;
  if (durationSeconds > maxVideoSeconds) {
    throw new RequestError(
      'video_duration',
      `the video takes ${Math.round(durationSeconds)} s, and ${maxVideoSeconds} are allowed: cut it into parts`,
    );
  }
  if (widthPixels * heightPixels > maxPixels) {
    throw new RequestError(
      'video_resolution',
      `the picture is ${widthPixels}x${heightPixels}, and ${maxPixels} pixels are allowed: scale it down`,
    );
  }
  if (kind === 'video' && codecs.length > 0 && !codecs.includes(codec)) {
    throw new RequestError(
      'video_codec',
      `the video is ${JSON.stringify(codec)}, which is not allowed here: convert it to one of ${codecs.slice(0, 6).join(', ')}`,
    );
  }
}
