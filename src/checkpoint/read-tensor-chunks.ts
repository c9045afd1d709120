import type { CheckpointTensor, LowRankUpdate } from './checkpoint.js';
import { lowRankRows, type AddRows } from './low-rank-rows.js';
import { readRawChunks } from './read-raw-chunks.js';
import { toFloat32 } from './to-float32.js';

/** Numbers in one chunk: 4 MB of float32, large enough that a disk's latency does not count. */
export const CHUNK_NUMBERS = 1 << 20;

/**
 * Reads a tensor as float32, in order, in bounded memory; one that has to be turned needs its bytes in memory whole
 * (one layer of an npz file, 134 MB for the largest of PaliGemma 3B), one with an update both of its factors.
 *
 * The array yielded is used again for the next chunk: write or copy it before asking for more.
 * @throws CheckpointError `checkpoint_file_truncated`, `npz_archive`
 */
export async function* readTensorChunks(
  tensor: CheckpointTensor,
  chunkNumbers: number = CHUNK_NUMBERS,
): AsyncGenerator<Float32Array> {
  const { dtype, shape, update } = tensor;
  const total = shape.reduce((product, size) => product * size, 1);
  const numbers = new Float32Array(Math.min(chunkNumbers, total));
  const addRows = update === undefined ? undefined : await openUpdate(update, total / (shape[0] ?? 1));
  let done = 0;
  for await (const bytes of readRawChunks(tensor, numbers.length)) {
    toFloat32(bytes, dtype, numbers);
    const read = numbers.subarray(0, bytes.byteLength / (dtype === 'F32' ? 4 : 2));
    addRows?.(read, done);
    done += read.length;
    yield read;
  }
}

async function openUpdate({ up, down, scale }: LowRankUpdate, columns: number): Promise<AddRows> {
  return lowRankRows({ up: await whole(up), down: await whole(down), scale, columns });
}

async function whole(tensor: CheckpointTensor): Promise<Float32Array> {
  const numbers = new Float32Array(tensor.shape.reduce((product, size) => product * size, 1));
  let done = 0;
  for await (const chunk of readTensorChunks(tensor)) {
    numbers.set(chunk, done);
    done += chunk.length;
  }
  return numbers;
}
