import { RequestError } from '../shared/errors.js';
import { exceedsPixels } from './exceeds-pixels.js';
import type { LocalFile } from './local-file.js';
import { VIDEO_LIMITS } from './video-limits.js';

/**
 * What ffprobe's complaint about a file means for the one who gave it.
 *
 * @param stderr the last lines ffprobe wrote
 */
export function probeError(file: Pick<LocalFile, 'path' | 'head'>, stderr: string): RequestError {
  const name = JSON.stringify(file.path);
  if (stderr.includes('Format not on whitelist')) {
    return new RequestError(
      'not_a_video',
      `${name} is a kind of file that is not read (a playlist, a text or a rare container): give a video such as mp4, webm, mkv or mov, or a picture as png, jpeg or webp`,
    );
  }
  if (exceedsPixels(stderr)) {
    return new RequestError(
      'video_too_large',
      `${name} has frames of more than the ${VIDEO_LIMITS.maxPixels} pixels that are read: scale it down first`,
    );
  }
  if (stderr.includes('moov atom not found') && isMp4(file.head)) {
    return new RequestError(
      'video_truncated',
      `${name} was cut off before its index was written, so no frame can be found: copy or record it again`,
    );
  }
  return new RequestError(
    'not_a_video',
    `${name} is not a video that can be read: give a video such as mp4, webm, mkv or mov, or a picture as png, jpeg or webp`,
  );
}

/** MP4 and QuickTime files begin with a box of type `ftyp`. */
function isMp4(head: Uint8Array): boolean {
  return Buffer.from(head).toString('latin1', 4, 8) === 'ftyp';
}
