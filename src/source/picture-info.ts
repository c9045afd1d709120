import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { RequestError, messageOf } from '../shared/errors.js';
import { MAX_PICTURE_BYTES } from './decode-picture.js';
import type { LocalFile } from './local-file.js';
import { stillKind } from './still-kind.js';
import type { VideoInfo } from './video-info.js';

/** EXIF orientations 5 to 8 turn the picture by a quarter. */
const FIRST_TURNED_ORIENTATION = 5;

/**
 * A still picture as a video of one frame at 0 seconds; undefined for a file that is none.
 * @throws RequestError `picture_unreadable`, `picture_too_large`
 */
export async function pictureInfo(file: LocalFile): Promise<VideoInfo | undefined> {
  const kind = await stillKind(file);
  if (kind === undefined) return undefined;
  if (file.bytes > MAX_PICTURE_BYTES) {
    throw new RequestError(
      'picture_too_large',
      `${JSON.stringify(file.path)} has ${file.bytes} bytes, at most ${MAX_PICTURE_BYTES} are read`,
    );
  }
  try {
    // Bytes rather than the path: libvips reads options out of brackets in a file's name.
    const bytes = await readFile(file.path);
    const { width, height, orientation = 1 } = await sharp(bytes).metadata();
    const turned = orientation >= FIRST_TURNED_ORIENTATION;
    return {
      file,
      kind: 'picture',
      container: kind,
      codec: kind,
      streamIndex: 0,
      widthPixels: turned ? height : width,
      heightPixels: turned ? width : height,
      rotationDegrees: 0,
      framesPerSecond: undefined,
      frameCount: 1,
      durationSeconds: 0,
      durationIsEstimated: false,
      zeroSeconds: 0,
      isHdr: false,
      colorSpace: undefined,
      hasAudio: false,
      pixelFormat: undefined,
      audioCodec: undefined,
    };
  } catch (thrown) {
    throw new RequestError(
      'picture_unreadable',
      `${JSON.stringify(file.path)} begins like a ${kind} picture but cannot be read (${messageOf(thrown).split('\n')[0] ?? ''}): save it again`,
      { cause: thrown },
    );
  }
}
