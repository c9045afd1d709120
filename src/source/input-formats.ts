import type { LocalFile } from './local-file.js';
import { pictureKind } from './picture-kind.js';
import { VIDEO_LIMITS } from './video-limits.js';

/**
 * The containers that may be opened, by ffmpeg's demuxer names.
 *
 * A list of what is allowed, so that no file can name others: playlists (hls, dash, concat, ffconcat, sdp,
 * image2 patterns) are not here, and ffmpeg refuses what is not on the list. Audio containers are here so
 * that an audio file gets told what it is.
 */
const CONTAINERS: readonly string[] = [
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'avi',
  'mpegts',
  'mpeg',
  'mpegvideo',
  'flv',
  'asf',
  'ogg',
  'gif',
  'apng',
  'mxf',
  'nut',
  'ivf',
  'wtv',
  'rm',
  'dv',
  'h264',
  'hevc',
  'm4v',
  'mjpeg',
  'yuv4mpegpipe',
  'mp3',
  'aac',
  'wav',
  'flac',
  'aiff',
  'amr',
  'w64',
  'caf',
  'au',
  'ac3',
];

/** Demuxers with an index of key frames that can be trusted: only there is seeking exact. */
const SEEKABLE = new Set(['mov,mp4,m4a,3gp,3g2,mj2', 'matroska,webm']);

/** Whether reading may begin at a key frame in the middle. */
export function isSeekable(container: string): boolean {
  return SEEKABLE.has(container);
}

/**
 * Input options of every ffmpeg and ffprobe that reads a local file: only files, only these containers, no larger
 * frames than are read.
 * They stand before `-i`.
 */
export const SAFE_INPUT_OPTIONS: readonly string[] = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  CONTAINERS.join(','),
  // A stream may grow in its middle, after it was looked at.
  '-max_pixels',
  String(VIDEO_LIMITS.maxPixels),
];

/**
 * The options of a file that is a video. A Motion JPEG recording is named to ffmpeg, which takes one of large pictures
 * for a still picture, and so does not read it.
 */
export function fileInputOptions({ head }: Pick<LocalFile, 'head'>): readonly string[] {
  return pictureKind(head) === 'jpeg' ? [...SAFE_INPUT_OPTIONS, '-f', 'mjpeg'] : SAFE_INPUT_OPTIONS;
}
