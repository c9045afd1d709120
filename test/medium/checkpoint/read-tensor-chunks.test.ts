import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CheckpointTensor } from '../../../src/checkpoint/checkpoint.js';
import { CHUNK_NUMBERS, readTensorChunks } from '../../../src/checkpoint/read-tensor-chunks.js';
import { temporaryFolder } from './tampered-checkpoint.js';

/** A bfloat16 tensor that counts 0, 1, 2, ... 255, 0, ..., at an odd offset. */
async function counting(numbers: number): Promise<CheckpointTensor> {
  const file = join(await temporaryFolder(), 'counting');
  const bytes = Buffer.alloc(3 + 2 * numbers);
  const value = Buffer.alloc(4);
  for (let i = 0; i < numbers; i++) {
    value.writeFloatLE(i % 256);
    value.copy(bytes, 3 + 2 * i, 2);
  }
  await writeFile(file, bytes);
  return { name: 'counting', file, dtype: 'BF16', shape: [numbers], byteOffset: 3, byteLength: 2 * numbers };
}

it.each([
  [10, 4, [4, 4, 2]],
  [8, 4, [4, 4]],
  [3, 4, [3]],
])('readTensorChunks gives %i numbers in chunks of %i', async (numbers, size, lengths) => {
  const found: number[][] = [];
  for await (const chunk of readTensorChunks(await counting(numbers), size)) found.push([...chunk]);
  expect(found.map((chunk) => chunk.length)).toEqual(lengths);
  expect(found.flat()).toEqual(Array.from({ length: numbers }, (_, i) => i));
});

it('readTensorChunks holds one chunk, whatever the tensor’s size', async () => {
  const tensor = await counting(3 * CHUNK_NUMBERS);
  const buffers = new Set<ArrayBufferLike>();
  for await (const chunk of readTensorChunks(tensor)) buffers.add(chunk.buffer);
  expect([...buffers].map((buffer) => buffer.byteLength)).toEqual([4 * CHUNK_NUMBERS]);
});
