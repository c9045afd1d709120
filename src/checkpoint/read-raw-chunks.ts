import { open, type FileHandle } from 'node:fs/promises';
import type { CheckpointTensor } from './checkpoint.js';
import { readExactly } from './read-exactly.js';
import { unpackStretch } from './unpack-stretch.js';
import { turnNumbers } from './turn-numbers.js';

/**
 * Reads a tensor's numbers in the order of its shape, in their own type, a few at a time; rows that its file has
 * fewer of than the shape are zeros. The buffer yielded is used again for the next chunk.
 *
 * @throws CheckpointError `checkpoint_file_truncated`, `npz_archive`
 */
export async function* readRawChunks(tensor: CheckpointTensor, chunkNumbers: number): AsyncGenerator<Buffer> {
  const { dtype, shape, byteLength, layout } = tensor;
  const width = dtype === 'F32' ? 4 : 2;
  const total = shape.reduce((product, size) => product * size, width);
  const buffer = Buffer.allocUnsafeSlow(Math.min(chunkNumbers * width, total));
  const handle = await open(tensor.file, 'r');
  try {
    const isTurned = layout?.order.some((axis, i) => axis !== i) ?? false;
    const stretch = isTurned || layout?.entry !== undefined ? await whole(handle, tensor) : null;
    for (let done = 0; done < total; done += buffer.byteLength) {
      const chunk = buffer.subarray(0, total - done);
      const given = Math.max(0, Math.min(chunk.byteLength, byteLength - done));
      const part = chunk.subarray(0, given);
      if (stretch === null) await readExactly(handle, tensor.byteOffset + done, given, tensor.file, part);
      else if (isTurned && layout !== undefined) turnNumbers(stretch, width, layout, done / width, part);
      else stretch.copy(part, 0, done);
      chunk.fill(0, given);
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

async function whole(handle: FileHandle, tensor: CheckpointTensor): Promise<Buffer> {
  const { file, byteOffset, byteLength, layout } = tensor;
  if (layout?.entry === undefined) return readExactly(handle, byteOffset, byteLength, file);
  return unpackStretch(file, layout.entry, byteOffset, byteLength);
}
