import { open, type FileHandle } from 'node:fs/promises';
import { CheckpointError, messageOf } from '../shared/errors.js';
import { MAX_HEADER_BYTES } from './limits.js';
import { parseSafetensorsHeader, type StoredTensor } from './parse-safetensors-header.js';
import { readExactly } from './read-exactly.js';

/** The checked header of one safetensors file and what tells this file from another of the same name. */
export interface SafetensorsFile {
  /** Absolute path, symbolic links resolved. */
  readonly file: string;
  readonly tensors: readonly StoredTensor[];
  readonly header: Uint8Array;
  readonly size: number;
  readonly modifiedNs: bigint;
}

/**
 * Reads and checks the header of a safetensors file, no weights.
 * @throws CheckpointError `checkpoint_file_unreadable`, `checkpoint_json`, `safetensors_header`, `safetensors_dtype`, `safetensors_offsets`
 */
export async function readSafetensorsHeader(file: string): Promise<SafetensorsFile> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    throw new CheckpointError('checkpoint_file_unreadable', `${file} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
  try {
    const stats = await handle.stat({ bigint: true });
    const size = Number(stats.size);
    const header = await readHeader(handle, size, file);
    const tensors = parseSafetensorsHeader(header, size - 8 - header.byteLength, file);
    return { file, tensors, header, size, modifiedNs: stats.mtimeNs };
  } finally {
    await handle.close();
  }
}

async function readHeader(handle: FileHandle, size: number, file: string): Promise<Uint8Array> {
  if (size < 8) {
    throw new CheckpointError(
      'safetensors_header',
      `${file} has ${size} bytes, too few for a safetensors file`,
    );
  }
  const length = (await readExactly(handle, 0, 8, file)).readBigUInt64LE(0);
  if (length < 2n || length > BigInt(MAX_HEADER_BYTES)) {
    throw new CheckpointError(
      'safetensors_header',
      `${file} says its header has ${String(length)} bytes, 2 to ${MAX_HEADER_BYTES} are read (is it a safetensors file?)`,
    );
  }
  if (length > BigInt(size - 8)) {
    throw new CheckpointError(
      'safetensors_header',
      `${file} says its header has ${String(length)} bytes, but only ${size - 8} follow (is it truncated?)`,
    );
  }
  return readExactly(handle, 8, Number(length), file);
}
