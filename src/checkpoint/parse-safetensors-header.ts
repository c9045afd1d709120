import { z } from 'zod';
import { CheckpointError } from '../shared/errors.js';
import { DTYPE_BITS } from './dtypes.js';
import { MAX_DIMENSIONS, MAX_NAME_LENGTH } from './limits.js';
import { parseJson } from './parse-json.js';

/** One entry of a safetensors header, its bytes counted from the start of the file. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly byteOffset: number;
  readonly byteLength: number;
}

const size = z.int().min(0);
const entry = z.object({
  dtype: z.string(),
  shape: z.array(size).max(MAX_DIMENSIONS),
  data_offsets: z.tuple([size, size]),
});
const metadata = z.record(z.string(), z.string());

/**
 * Checks a safetensors header against the format and the file it stands in: the tensors must cover the data
 * without overlap, hole or excess, each with exactly the bytes its shape and type need.
 *
 * @param header the JSON bytes after the 8-byte length
 * @param dataBytes what the file holds after the header
 * @throws CheckpointError `safetensors_header`, `safetensors_dtype`, `safetensors_offsets`
 */
export function parseSafetensorsHeader(header: Uint8Array, dataBytes: number, file: string): StoredTensor[] {
  const json = parseJson(header, file);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new CheckpointError('safetensors_header', `${file} has a header that is not a JSON object`);
  }
  const dataStart = 8 + header.byteLength;
  const tensors: StoredTensor[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') {
      if (metadata.safeParse(value).success) continue;
      throw new CheckpointError('safetensors_header', `${file} has __metadata__ that is not text by name`);
    }
    tensors.push(parseEntry(name, value, dataStart, file));
  }
  checkCoverage(tensors, dataStart, dataBytes, file);
  return tensors;
}

function parseEntry(name: string, value: unknown, dataStart: number, file: string): StoredTensor {
  if (name.length > MAX_NAME_LENGTH) {
    const start = name.slice(0, 40);
    throw new CheckpointError(
      'safetensors_header',
      `${file}: the tensor name ${start}... has ${name.length} characters, at most ${MAX_NAME_LENGTH} are read`,
    );
  }
  const parsed = entry.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CheckpointError(
      'safetensors_header',
      `${file}: tensor ${name} is described wrongly, ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`,
    );
  }
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  const [start, end] = offsets;
  const byteLength = expectedBytes(dtype, shape, name, file);
  if (end - start !== byteLength) {
    throw new CheckpointError(
      'safetensors_offsets',
      `${file}: tensor ${name} spans bytes ${start} to ${end}, but ${dtype} [${shape.join(', ')}] needs ${byteLength} bytes`,
    );
  }
  return { name, dtype, shape, byteOffset: dataStart + start, byteLength };
}

function expectedBytes(dtype: string, shape: readonly number[], name: string, file: string): number {
  const bits = Object.hasOwn(DTYPE_BITS, dtype) ? DTYPE_BITS[dtype] : undefined;
  if (bits === undefined) {
    throw new CheckpointError(
      'safetensors_dtype',
      `${file}: tensor ${name} has the unknown type ${JSON.stringify(dtype.slice(0, 40))}`,
    );
  }
  // A product that has lost exactness is far beyond any file, so the comparison with the span still refuses it.
  const total = shape.reduce((product, length) => product * length, bits);
  if (total / 8 <= Number.MAX_SAFE_INTEGER && total % 8 === 0) return total / 8;
  throw new CheckpointError(
    'safetensors_offsets',
    `${file}: tensor ${name} has the impossible shape ${dtype} [${shape.join(', ')}]`,
  );
}

function checkCoverage(
  tensors: readonly StoredTensor[],
  dataStart: number,
  dataBytes: number,
  file: string,
): void {
  let reached = dataStart;
  let previous = 'the header';
  const inOrder = [...tensors].sort((a, b) => a.byteOffset - b.byteOffset || a.byteLength - b.byteLength);
  for (const { name, byteOffset, byteLength } of inOrder) {
    if (byteOffset !== reached) {
      const what = byteOffset < reached ? 'overlaps' : 'leaves a hole after';
      throw new CheckpointError(
        'safetensors_offsets',
        `${file}: tensor ${name} ${what} ${previous}, it begins at data byte ${byteOffset - dataStart} instead of ${reached - dataStart}`,
      );
    }
    reached += byteLength;
    previous = name;
    if (reached > dataStart + dataBytes) {
      throw new CheckpointError(
        'safetensors_offsets',
        `${file}: tensor ${name} ends at data byte ${reached - dataStart}, but the file has only ${dataBytes} (is it truncated?)`,
      );
    }
  }
  if (reached === dataStart + dataBytes) return;
  throw new CheckpointError(
    'safetensors_offsets',
    `${file} has ${dataStart + dataBytes - reached} bytes after ${previous} that belong to no tensor`,
  );
}
