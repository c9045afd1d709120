import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EnvironmentError, messageOf, throwIfCancelled } from '../../shared/errors.js';
import type { Checkpoint } from '../checkpoint.js';
import { findMaskDecoder } from '../find-mask-decoder.js';
import { findBigVisionFile } from '../big-vision/find-file.js';
import { PREPROCESSOR_FILES } from '../read-preprocessor.js';
import { findWeightFiles } from '../weight-files.js';
import { expectRoom } from './expect-room.js';
import type { PullProgress } from './pull-repository.js';

const SMALL = ['config.json', ...PREPROCESSOR_FILES, 'tokenizer.json', 'model.safetensors.index.json'];

/**
 * Copies what a checkpoint needs out of its folder, which may be a snapshot of links, into another one.
 * @returns bytes copied
 * @throws EnvironmentError `disk_space`, `pull_not_writable`; CheckpointError; CancelledError
 */
export async function copyCheckpoint(
  { directory }: Checkpoint,
  to: string,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<number> {
  const npz = await findBigVisionFile(directory);
  const weights = npz === null ? [...(await findWeightFiles(directory)).paths.keys()] : [npz];
  const masks = await findMaskDecoder(directory);
  const names = [...SMALL, ...(masks === null ? [] : [masks.slice(directory.length + 1)]), ...weights];
  const sizes = new Map<string, number>();
  for (const name of names) {
    const stats = await stat(join(directory, name)).catch(() => null);
    if (stats !== null) sizes.set(name, stats.size);
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  let done = 0;
  try {
    await mkdir(to, { recursive: true });
    await expectRoom(to, total);
    for (const [name, size] of sizes) {
      throwIfCancelled(signal);
      onProgress({ file: name, done, total });
      await copyWhole(join(directory, name), join(to, name));
      done += size;
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new EnvironmentError(
      'pull_not_writable',
      `the files cannot be copied to ${to} (${messageOf(error)}): make room, or name another folder`,
      { cause: error },
    );
  }
  return total;
}

async function copyWhole(from: string, to: string): Promise<void> {
  const partial = `${to}.incomplete`;
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, partial);
    await rename(partial, to);
  } finally {
    await rm(partial, { force: true });
  }
}
