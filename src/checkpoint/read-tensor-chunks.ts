import { open } from 'node:fs/promises';
import type { CheckpointTensor } from './checkpoint.js';
import { readExactly } from './read-exactly.js';
import { toFloat32 } from './to-float32.js';

/** Numbers in one chunk: 4 MB of float32, large enough that a disk's latency does not count. */
export const CHUNK_NUMBERS = 1 << 20;

/**
 * Reads a tensor as float32, in order, in bounded memory.
 *
 * The array yielded is used again for the next chunk: write or copy it before asking for more.
 * @throws CheckpointError `checkpoint_file_truncated`
 */
export async function* readTensorChunks(
  tensor: CheckpointTensor,
  chunkNumbers: number = CHUNK_NUMBERS,
): AsyncGenerator<Float32Array> {
  const { file, dtype, byteOffset, byteLength } = tensor;
  const width = dtype === 'F32' ? 4 : 2;
  const chunkBytes = Math.min(chunkNumbers * width, byteLength);
  const bytes = Buffer.allocUnsafeSlow(chunkBytes);
  const numbers = new Float32Array(chunkBytes / width);
  const handle = await open(file, 'r');
  try {
    for (let done = 0; done < byteLength; done += chunkBytes) {
      const read = await readExactly(
        handle,
        byteOffset + done,
        Math.min(chunkBytes, byteLength - done),
        file,
        bytes,
      );
      toFloat32(read, dtype, numbers);
      yield numbers.subarray(0, read.byteLength / width);
    }
  } finally {
    await handle.close();
  }
}
