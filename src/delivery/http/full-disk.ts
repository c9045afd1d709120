import { statfs } from 'node:fs/promises';
import type { PalistreamError } from '../../shared/errors.js';
import { diskError } from './disk-error.js';

/** With less than this a disk is taken to be full: what is written comes in pieces of 64 KB. */
const LITTLE_BYTES = 128 * 1024;

/** Whether the disk of a folder is full, for who was told of a failure without its reason; null when it is not. */
export async function fullDisk(folder: string): Promise<PalistreamError | null> {
  const disk = await statfs(folder).catch(() => null); // it cannot be reached: something else failed
  if (disk === null || disk.bavail * disk.bsize >= LITTLE_BYTES) return null;
  return diskError(Object.assign(new Error(`${folder} has no room`), { code: 'ENOSPC' }));
}
