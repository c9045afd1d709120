import { CHUNK_NUMBERS, readTensorChunks } from '../checkpoint/read-tensor-chunks.js';
import type { StoredWeight } from './converted-layout.js';
import { quantizeBlocks } from './quantize-blocks.js';
import { quantizeChannels } from './quantize-channels.js';
import { BLOCK } from './stored-format.js';

/** Bytes and where in the file they go; valid until the next are asked for. */
export interface EncodedBytes {
  readonly bytes: Uint8Array;
  readonly byteOffset: number;
  /** Numbers of the checkpoint that have been read for them. */
  readonly numbers: number;
}

/**
 * Reads one weight and gives what its format stores, a few megabytes at a time; only `channels8`, which is turned,
 * needs the whole layer in memory, in 8 bits (34 MB for the largest of PaliGemma 3B).
 */
export function encodeWeight(weight: StoredWeight): AsyncGenerator<EncodedBytes> {
  switch (weight.format) {
    case 'float':
      return encodeFloats(weight);
    case 'channels8':
      return encodeChannels(weight);
    case 'blocks8':
    case 'blocks4':
    case 'table8':
      return encodeBlocks(weight);
  }
}

async function* encodeFloats({ tensor, parts }: StoredWeight): AsyncGenerator<EncodedBytes> {
  let byteOffset = parts[0]?.byteOffset ?? 0;
  for await (const chunk of readTensorChunks(tensor)) {
    yield { bytes: bytesOf(chunk), byteOffset, numbers: chunk.length };
    byteOffset += chunk.byteLength;
  }
}

async function* encodeChannels({ tensor, shape, parts }: StoredWeight): AsyncGenerator<EncodedBytes> {
  const [rows = 1, columns = 1] = shape;
  const numbers = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  let row = 0;
  for await (const chunk of readTensorChunks(tensor, wholeRows(columns))) {
    quantizeChannels(chunk, columns, row, numbers, scales);
    row += chunk.length / columns;
    yield { bytes: NO_BYTES, byteOffset: 0, numbers: chunk.length };
  }
  yield { bytes: bytesOf(numbers), byteOffset: parts[0]?.byteOffset ?? 0, numbers: 0 };
  yield { bytes: bytesOf(scales), byteOffset: parts[1]?.byteOffset ?? 0, numbers: 0 };
}

async function* encodeBlocks({ tensor, shape, format, parts }: StoredWeight): AsyncGenerator<EncodedBytes> {
  const [rows = 1, columns = 1] = shape;
  const [numbersPart, scalesPart] = parts;
  if (numbersPart === undefined || scalesPart === undefined) return;
  const form = {
    bits: format === 'blocks4' ? 4 : 8,
    block: BLOCK[format as keyof typeof BLOCK],
    padded: format !== 'table8',
  } as const;
  const [bytesPerRow, scalesPerRow] = [numbersPart.byteLength / rows, scalesPart.byteLength / rows / 4];
  const numbers = new Uint8Array(bytesPerRow * (wholeRows(columns) / columns));
  const scales = new Float32Array(scalesPerRow * (wholeRows(columns) / columns));
  let row = 0;
  for await (const read of readTensorChunks(tensor, wholeRows(columns))) {
    const count = Math.min(read.length / columns, rows - row);
    quantizeBlocks(read.subarray(0, count * columns), columns, form, numbers, scales);
    const bytes = numbers.subarray(0, count * bytesPerRow);
    yield { bytes, byteOffset: numbersPart.byteOffset + row * bytesPerRow, numbers: count * columns };
    const some = bytesOf(scales.subarray(0, count * scalesPerRow));
    yield { bytes: some, byteOffset: scalesPart.byteOffset + row * scalesPerRow * 4, numbers: 0 };
    row += count;
    if (row === rows) return;
  }
}

const NO_BYTES = new Uint8Array(0);

/** Numbers of as many whole rows as a chunk holds. */
function wholeRows(columns: number): number {
  return Math.max(1, Math.floor(CHUNK_NUMBERS / columns)) * columns;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
