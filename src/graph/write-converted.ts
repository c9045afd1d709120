import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import type { ConvertedLayout } from './converted-layout.js';
import { encodeWeight } from './encode-weight.js';

/** Hears how many of all numbers have been converted. */
export type ConversionProgress = (done: number, total: number) => void;

/**
 * Makes sure that the folder holds the converted weights, and gives the file's path. A file of the right size is
 * taken as it is: it got its name only after all of it was on the disk. Two processes may do this at once.
 *
 * @throws what the file system throws; nothing half-written stays behind then
 */
export async function writeConverted(
  layout: ConvertedLayout,
  folder: string,
  onProgress: ConversionProgress = () => undefined,
): Promise<string> {
  const file = join(folder, layout.fileName);
  if ((await sizeOf(file)) === layout.byteLength) {
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined); // a folder that is only read keeps its old times
    return file;
  }
  const temporary = join(folder, `${layout.fileName}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx');
  try {
    try {
      await writeWeights(handle, layout, onProgress);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    // Windows refuses to replace a file that is in use: then another process has just made it.
    if ((await sizeOf(file)) !== layout.byteLength) throw error;
  }
  return file;
}

async function writeWeights(
  handle: FileHandle,
  { weights, byteLength }: ConvertedLayout,
  onProgress: ConversionProgress,
): Promise<void> {
  const total = weights.reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
  let done = 0;
  await handle.truncate(byteLength);
  onProgress(done, total);
  for (const weight of weights) {
    for await (const { bytes, byteOffset, numbers } of encodeWeight(weight)) {
      await writeAll(handle, bytes, byteOffset);
      done += numbers;
      if (numbers > 0) onProgress(done, total);
      await setImmediate(); // quantizing occupies the thread: let the progress out
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    const { bytesWritten } = await handle.write(
      bytes,
      written,
      bytes.byteLength - written,
      position + written,
    );
    written += bytesWritten;
  }
}

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null,
  );
}
