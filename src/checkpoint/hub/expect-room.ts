import { statfs } from 'node:fs/promises';
import { EnvironmentError } from '../../shared/errors.js';

/**
 * Makes sure that a disk has room before anything is written to it. One that does not tell its room is trusted.
 * @throws EnvironmentError `disk_space`
 */
export async function expectRoom(folder: string, bytes: number): Promise<void> {
  const free = await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Infinity,
  );
  if (bytes <= free) return;
  throw new EnvironmentError(
    'disk_space',
    `the disk of ${folder} has ${gigabytes(free)} GB free, ${gigabytes(bytes)} GB are needed: make room, or name another folder (--to, HF_HOME)`,
  );
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
