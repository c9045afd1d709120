import type { CheckpointTensor } from './checkpoint.js';
import { readTensorChunks } from './read-tensor-chunks.js';

/**
 * Reads a whole tensor as float32, row-major: for small ones such as norms; `readTensorChunks` is for large ones.
 * @throws CheckpointError `checkpoint_file_truncated`
 */
export async function readTensor(tensor: CheckpointTensor): Promise<Float32Array> {
  const numbers = new Float32Array(tensor.shape.reduce((product, size) => product * size, 1));
  let done = 0;
  for await (const chunk of readTensorChunks(tensor)) {
    numbers.set(chunk, done);
    done += chunk.length;
  }
  return numbers;
}
