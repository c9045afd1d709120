import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { CheckpointError, messageOf } from '../shared/errors.js';
import type { NpzArray } from './npz-array.js';
import {
  MAX_NPZ_BYTES,
  MAX_NPZ_ENTRIES,
  MAX_NPZ_NAME_LENGTH,
  MAX_NPZ_RATIO,
  MAX_NPZ_UNPACKED_BYTES,
  NPZ_RATIO_FREE_BYTES,
} from './npz-limits.js';
import { parseNpy } from './parse-npy.js';
import { readBoundedFile } from './read-bounded-file.js';

/**
 * Reads the named arrays of an npz archive (a zip of npy files, stored or deflated) as float32; other arrays may
 * be in it and are not unpacked. A name that is not there is missing in the result.
 *
 * @param wanted names without `.npy`
 * @throws CheckpointError `npz_archive`, `npz_array`, naming file and array; `checkpoint_file_missing` and the like
 */
export async function readNpz(
  file: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, NpzArray>> {
  const bytes = await readBoundedFile(file, MAX_NPZ_BYTES);
  const arrays = new Map<string, NpzArray>();
  try {
    const zip = await fromBufferPromise(bytes, {
      lazyEntries: true,
      autoClose: false,
      strictFileNames: true,
    });
    if (zip.entryCount > MAX_NPZ_ENTRIES) {
      throw archiveError(file, `it has ${zip.entryCount} entries, at most ${MAX_NPZ_ENTRIES} are read`);
    }
    let unpacked = 0;
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry, file);
      if (!wanted.has(name)) continue;
      if (arrays.has(name)) throw archiveError(file, `it has ${quote(name)} twice`);
      unpacked += entry.uncompressedSize;
      checkSizes(entry, unpacked, file);
      arrays.set(name, parseNpy(await readEntry(zip, entry, file), `${file}: ${quote(name)}`));
    }
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw archiveError(file, quote(messageOf(error)), error);
  }
  return arrays;
}

function nameOf(entry: Entry, file: string): string {
  const { fileName } = entry;
  if (fileName.length <= MAX_NPZ_NAME_LENGTH) return fileName.replace(/\.npy$/, '');
  throw archiveError(
    file,
    `an entry's name has ${fileName.length} characters, at most ${MAX_NPZ_NAME_LENGTH} are read`,
  );
}

/** Before anything is unpacked; that the sizes told are the true ones is checked while unpacking. */
function checkSizes(entry: Entry, unpacked: number, file: string): void {
  const { fileName, compressedSize, uncompressedSize } = entry;
  if (unpacked > MAX_NPZ_UNPACKED_BYTES) {
    throw archiveError(
      file,
      `its arrays up to ${quote(fileName)} have ${unpacked} bytes, at most ${MAX_NPZ_UNPACKED_BYTES} are read`,
    );
  }
  if (uncompressedSize > NPZ_RATIO_FREE_BYTES && uncompressedSize > compressedSize * MAX_NPZ_RATIO) {
    throw archiveError(
      file,
      `${quote(fileName)} unpacks ${compressedSize} bytes into ${uncompressedSize}, more than ${MAX_NPZ_RATIO} times as many`,
    );
  }
}

async function readEntry(zip: ZipFile, entry: Entry, file: string): Promise<Buffer> {
  const { fileName, uncompressedSize } = entry;
  try {
    const bytes = Buffer.alloc(uncompressedSize);
    let done = 0;
    const stream: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) done += chunk.copy(bytes, done); // yauzl refuses other sizes than were told
    if (crc32(bytes) === entry.crc32) return bytes;
  } catch (error) {
    throw archiveError(file, `${quote(fileName)} cannot be unpacked, ${quote(messageOf(error))}`, error);
  }
  throw archiveError(file, `${quote(fileName)} has another checksum than was written`);
}

function archiveError(file: string, what: string, cause?: unknown): CheckpointError {
  return new CheckpointError('npz_archive', `${file} cannot be read as an npz archive: ${what}`, { cause });
}

/** Foreign words in one line of a message. */
function quote(text: string): string {
  return JSON.stringify(text.slice(0, 120));
}
