import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CheckpointError } from '../shared/errors.js';

/** Ours first, then the name Google publishes it under. */
export const MASK_DECODER_FILES = ['mask-decoder.npz', 'vae-oid.npz'] as const;

/**
 * The file a checkpoint's masks are decoded with: the one that was named, else the first of MASK_DECODER_FILES in the
 * model's folder, else null.
 *
 * @throws CheckpointError `checkpoint_file_missing` when the one that was named is not there
 */
export async function findMaskDecoder(directory: string, named?: string): Promise<string | null> {
  if (named !== undefined) {
    if (await isFile(named)) return resolve(named);
    throw new CheckpointError(
      'checkpoint_file_missing',
      `${named} is not there or no file; name the npz file of a mask decoder`,
    );
  }
  for (const name of MASK_DECODER_FILES) {
    if (await isFile(join(directory, name))) return join(directory, name);
  }
  return null;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
