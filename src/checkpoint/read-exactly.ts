import type { FileHandle } from 'node:fs/promises';
import { CheckpointError } from '../shared/errors.js';

/**
 * Reads `length` bytes at `position` into new memory, or into the start of `target`.
 * @throws CheckpointError `checkpoint_file_truncated` when the file ends before
 */
export async function readExactly(
  handle: FileHandle,
  position: number,
  length: number,
  file: string,
  target: Buffer = Buffer.alloc(length),
): Promise<Buffer> {
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(target, done, length - done, position + done);
    if (bytesRead === 0) {
      throw new CheckpointError(
        'checkpoint_file_truncated',
        `${file} ends at byte ${position + done}, ${length - done} bytes early; fetch it again`,
      );
    }
    done += bytesRead;
  }
  return target.subarray(0, length);
}
