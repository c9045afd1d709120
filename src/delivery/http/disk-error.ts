import { type PalistreamError, RetryableError } from '../../shared/errors.js';

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/** What an error of the file system says of a disk without room; null when it says something else. */
export function diskError(thrown: unknown): PalistreamError | null {
  if (!(thrown instanceof Error && 'code' in thrown && FULL.has(thrown.code))) return null;
  return new RetryableError(
    'disk_full',
    'the disk of the server is full: make room in PALISTREAM_DATA_DIR, for example by deleting videos, and send it again',
    { cause: thrown },
  );
}
