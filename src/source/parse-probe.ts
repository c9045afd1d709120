import { RequestError } from '../shared/errors.js';
import type { LocalFile } from './local-file.js';
import type { ProbeAnswer, ProbeStream } from './probe-answer.js';
import { rotationOf } from './rotation.js';
import type { VideoInfo } from './video-info.js';
import { VIDEO_LIMITS } from './video-limits.js';

/** The transfer functions whose code values are not shown as they are: PQ and HLG. */
const HDR_TRANSFERS = new Set(['smpte2084', 'arib-std-b67']);

/**
 * What ffprobe said of a file, as the facts that are used.
 * @throws RequestError `not_a_video`, `audio_only`, `video_unreadable`, `video_too_large`
 */
export function parseProbe(file: LocalFile, answer: ProbeAnswer): VideoInfo {
  const name = JSON.stringify(file.path);
  const audio = answer.streams.find((stream) => stream.codec_type === 'audio');
  const hasAudio = audio !== undefined;
  const stream = answer.streams.find(isPicture);
  if (stream === undefined) throw noPicture(name, hasAudio);
  const { width = 0, height = 0 } = stream;
  if (width <= 0 || height <= 0) {
    throw new RequestError(
      'video_unreadable',
      `${name} has a video stream without a readable frame: it may be truncated, copy or record it again`,
    );
  }
  const { maxPixels, maxSide } = VIDEO_LIMITS;
  if (width * height > maxPixels || Math.max(width, height) > maxSide) {
    throw new RequestError(
      'video_too_large',
      `${name} is ${width}x${height}, more than the ${maxPixels} pixels or ${maxSide} a side that are read: scale it down first`,
    );
  }
  const rotationDegrees = rotationOf(stream);
  const turned = rotationDegrees % 180 !== 0;
  const told = positive(stream.duration) ?? positive(answer.format.duration);
  return {
    file,
    kind: 'video',
    container: answer.format.format_name ?? 'unknown',
    codec: stream.codec_name ?? 'unknown',
    streamIndex: stream.index,
    widthPixels: turned ? height : width,
    heightPixels: turned ? width : height,
    rotationDegrees,
    framesPerSecond: parseRate(stream.avg_frame_rate) ?? parseRate(stream.r_frame_rate),
    frameCount: positive(stream.nb_frames),
    durationSeconds: told ?? 0,
    durationIsEstimated: positive(stream.duration) === undefined,
    // Players show a file from its first timestamp on, but do not shift one that begins before zero.
    zeroSeconds: Math.max(0, number(answer.format.start_time) ?? number(stream.start_time) ?? 0),
    isHdr: HDR_TRANSFERS.has(stream.color_transfer ?? ''),
    colorSpace: stream.color_space === 'unknown' ? undefined : stream.color_space,
    hasAudio,
    pixelFormat: stream.pix_fmt,
    audioCodec: audio?.codec_name,
  };
}

function isPicture(stream: ProbeStream): boolean {
  return stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1;
}

function noPicture(name: string, hasAudio: boolean): RequestError {
  return hasAudio
    ? new RequestError('audio_only', `${name} holds sound but no picture: give a file with video in it`)
    : new RequestError('not_a_video', `${name} holds no video: give a video or a picture`);
}

/** `30000/1001` as a number; undefined for `0/0`. */
function parseRate(text: string | undefined): number | undefined {
  const [above, below] = (text ?? '').split('/').map(Number);
  const rate = (above ?? 0) / (below ?? 1);
  return Number.isFinite(rate) && rate > 0 ? rate : undefined;
}

function number(text: string | undefined): number | undefined {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

function positive(text: string | undefined): number | undefined {
  const value = number(text);
  return value !== undefined && value > 0 ? value : undefined;
}
