import { readFile } from 'node:fs/promises';
import { RequestError } from '../shared/errors.js';
import type { Pixels } from '../shared/tensor.js';
import { decodePictureBytes } from './decode-picture-bytes.js';
import { openLocalFile } from './local-file.js';

/** A file is read whole before it is decoded; an uncompressed 7680x4320 at 16 bits has 199 MB. */
export const MAX_PICTURE_BYTES = 256 << 20;

/**
 * Decodes a picture file to RGB; see `decodePictureBytes`.
 * @throws RequestError `picture_too_large`, `picture_format`, `picture_unreadable`, and those of openLocalFile
 */
export async function decodePicture(path: string): Promise<Pixels> {
  const name = JSON.stringify(path);
  const { bytes: size } = await openLocalFile(path);
  if (size > MAX_PICTURE_BYTES) {
    throw new RequestError(
      'picture_too_large',
      `${name} has ${size} bytes, at most ${MAX_PICTURE_BYTES} are read`,
    );
  }
  // Bytes rather than the path: libvips reads options out of brackets in a file's name.
  return decodePictureBytes(await readFile(path), name);
}
