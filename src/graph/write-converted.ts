import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readTensorChunks } from '../checkpoint/read-tensor-chunks.js';
import type { ConvertedLayout } from './converted-layout.js';

/**
 * Makes sure that the folder holds the converted weights, and gives the file's path. A file of the right size is
 * taken as it is: it got its name only after all of it was on the disk. Two processes may do this at once.
 *
 * @throws what the file system throws; nothing half-written stays behind then
 */
export async function writeConverted(layout: ConvertedLayout, folder: string): Promise<string> {
  const file = join(folder, layout.fileName);
  if ((await sizeOf(file)) === layout.byteLength) return file;

  const temporary = join(folder, `${layout.fileName}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx');
  try {
    try {
      await writeTensors(handle, layout);
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

async function writeTensors(handle: FileHandle, layout: ConvertedLayout): Promise<void> {
  for (const { tensor, byteOffset } of layout.places) {
    let position = byteOffset;
    for await (const numbers of readTensorChunks(tensor)) {
      position += await writeAll(handle, numbers, position);
    }
  }
}

async function writeAll(handle: FileHandle, numbers: Float32Array, position: number): Promise<number> {
  let written = 0;
  while (written < numbers.byteLength) {
    const rest = new Uint8Array(numbers.buffer, numbers.byteOffset + written, numbers.byteLength - written);
    written += (await handle.write(rest, 0, rest.byteLength, position + written)).bytesWritten;
  }
  return written;
}

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null,
  );
}
