import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { readExactly } from './read-exactly.js';
import type { SafetensorsFile } from './read-safetensors-header.js';

/** What a fingerprint needs of a file of weights; `header` is empty for an archive. */
export type WeightFile = Omit<SafetensorsFile, 'tensors'>;

/** Blocks of weights that go into a fingerprint, per file: 1 MB of reading, whatever the file's size. */
const SAMPLES = 256;
const SAMPLE_BYTES = 4096;

/**
 * Tells one state of a checkpoint from any other, independent of where it lies, without reading it whole: the small
 * files entire; of each weight file its name, size, modification time, header, and blocks spread evenly over it.
 *
 * The blocks are there because an npm package gives every file the same modification time, so that a retrained
 * model of the same sizes would otherwise pass for the old one.
 *
 * @param small file name -> bytes
 * @param weights file name -> checked file
 * @returns 64 hexadecimal digits
 */
export async function fingerprint(
  small: ReadonlyMap<string, Uint8Array>,
  weights: ReadonlyMap<string, WeightFile>,
): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, bytes] of small) hash.update(`${name}\0${bytes.byteLength}\0`).update(bytes);
  for (const [name, file] of weights) {
    hash.update(`${name}\0${file.size}\0${file.modifiedNs}\0`).update(file.header);
    for await (const block of samples(file)) hash.update(block);
  }
  return hash.digest('hex');
}

async function* samples({ file, size, header }: WeightFile): AsyncGenerator<Buffer> {
  const start = 8 + header.byteLength;
  const blocks = Math.min(SAMPLES, Math.ceil((size - start) / SAMPLE_BYTES));
  const handle = await open(file, 'r');
  try {
    for (let i = 0; i < blocks; i++) {
      const position = start + Math.floor(((size - start) * i) / blocks);
      yield await readExactly(handle, position, Math.min(SAMPLE_BYTES, size - position), file);
    }
  } finally {
    await handle.close();
  }
}
