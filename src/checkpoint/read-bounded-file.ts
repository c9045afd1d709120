import { open, stat } from 'node:fs/promises';
import { CheckpointError, messageOf } from '../shared/errors.js';

/**
 * Reads a small file of a checkpoint whole.
 * @throws CheckpointError `checkpoint_file_missing`, `checkpoint_file_unreadable`, `checkpoint_file_too_large`
 */
export async function readBoundedFile(file: string, maxBytes: number): Promise<Buffer> {
  await checkReadable(file, maxBytes);
  try {
    const handle = await open(file, 'r');
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new CheckpointError('checkpoint_file_unreadable', `${file} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function checkReadable(file: string, maxBytes: number): Promise<void> {
  const stats = await stat(file).catch((error: unknown) => {
    throw new CheckpointError(
      'checkpoint_file_missing',
      `${file} is missing (${messageOf(error)}); a checkpoint folder must hold it`,
      { cause: error },
    );
  });
  // A named pipe or a device would never end.
  if (!stats.isFile()) {
    throw new CheckpointError('checkpoint_file_unreadable', `${file} is not an ordinary file`);
  }
  if (stats.size > maxBytes) {
    throw new CheckpointError(
      'checkpoint_file_too_large',
      `${file} has ${stats.size} bytes, at most ${maxBytes} are read`,
    );
  }
}
