import { open, type FileHandle } from 'node:fs/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { CheckpointError, messageOf } from '../shared/errors.js';
import type { WeightDtype } from './dtypes.js';
import { NPY_DTYPES } from './npy-dtypes.js';
import { parseNpyHeader } from './npy-header.js';
import { MAX_NPY_HEADER_BYTES, MAX_NPZ_ENTRIES, MAX_NPZ_NAME_LENGTH } from './npz-limits.js';
import { readExactly } from './read-exactly.js';
import { unpackStretch } from './unpack-stretch.js';

/** Where one array of an npz archive lies. */
export interface NpzPlace {
  readonly dtype: WeightDtype;
  readonly shape: readonly number[];
  /** Of its first number: in the file, or in the unpacked entry when it is deflated. */
  readonly byteOffset: number;
  readonly bytesPerNumber: 2 | 4;
  /** Name of the zip entry when it is deflated. */
  readonly entry: string | null;
}

/** Magic, version and length before the header's text. */
const NPY_PREFIX_BYTES = 12;
const STORED = 0;

/**
 * Finds the arrays of an npz archive of any size by name, without `.npy`; of the numbers nothing is read. Arrays of
 * other types than float32, float16 and bfloat16, and ones in Fortran's order, are left out.
 *
 * @throws CheckpointError `npz_archive`, `npz_array`
 */
export async function readNpzPlaces(file: string): Promise<ReadonlyMap<string, NpzPlace>> {
  const places = new Map<string, NpzPlace>();
  try {
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true });
    const handle = await open(file, 'r');
    try {
      if (zip.entryCount > MAX_NPZ_ENTRIES) {
        throw refuse(file, `it has ${zip.entryCount} entries, at most ${MAX_NPZ_ENTRIES} are read`);
      }
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName.replace(/\.npy$/, '');
        if (name.length > MAX_NPZ_NAME_LENGTH) throw refuse(file, 'an entry has a name that is too long');
        if (places.has(name)) throw refuse(file, `it has ${JSON.stringify(name)} twice`);
        const place = await placeOf(zip, handle, entry, file);
        if (place !== null) places.set(name, place);
      }
    } finally {
      await handle.close();
      zip.close();
    }
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw refuse(file, JSON.stringify(messageOf(error).slice(0, 120)), error);
  }
  return places;
}

async function placeOf(
  zip: ZipFile,
  handle: FileHandle,
  entry: Entry,
  file: string,
): Promise<NpzPlace | null> {
  const { fileName, uncompressedSize, compressionMethod } = entry;
  const where = `${file}: ${JSON.stringify(fileName)}`;
  const headBytes = Math.min(uncompressedSize, NPY_PREFIX_BYTES + MAX_NPY_HEADER_BYTES);
  const isStored = compressionMethod === STORED;
  const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const head = isStored
    ? await readExactly(handle, start, headBytes, file)
    : await unpackStretch(file, fileName, 0, headBytes);
  const { dtype, isFortranOrder, shape, dataOffset } = parseNpyHeader(head, where);
  const type = NPY_DTYPES.get(dtype);
  if (type === undefined || isFortranOrder) return null;
  const needed = shape.reduce((product, size) => product * size, type.bytes);
  if (needed !== uncompressedSize - dataOffset) {
    throw new CheckpointError(
      'npz_array',
      `${where} needs ${needed} bytes for its shape [${shape.join(', ')}], and has ${uncompressedSize - dataOffset}; fetch it again`,
    );
  }
  return {
    dtype: type.dtype,
    shape,
    byteOffset: (isStored ? start : 0) + dataOffset,
    bytesPerNumber: type.bytes,
    entry: isStored ? null : fileName,
  };
}

function refuse(file: string, what: string, cause?: unknown): CheckpointError {
  return new CheckpointError('npz_archive', `${file} cannot be read as an npz archive: ${what}`, { cause });
}
