import { createHash } from 'node:crypto';
import type { LocalFile } from './local-file.js';

/** 96 bits: two files of one cache will not meet. */
const HEX_LETTERS = 24;

/**
 * Makes the keys of a file's frames: `source@microseconds/size`.
 *
 * The same key means the same pixels: the source is its real path, size and time of change, so a file that
 * was replaced gives other keys.
 */
export function frameKeys(
  file: Pick<LocalFile, 'identity'>,
  size: number,
): (timestampSeconds: number) => string {
  const source = createHash('sha256').update(file.identity).digest('hex').slice(0, HEX_LETTERS);
  return (seconds) => `${source}@${Math.round(seconds * 1e6)}/${size}`;
}
