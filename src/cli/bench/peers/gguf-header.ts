/** A tensor of a GGUF file; sizes with the fastest first, as ggml counts them. */
export interface GgufTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: GgufType;
}

/** A value of the metadata; whole numbers are uint32, others float32. */
export type GgufValue = string | number | readonly string[] | Int32Array | Float32Array;

export type GgufType = keyof typeof TYPES;

/** ggml's number of a type, and the bytes of a block of so many weights. */
const TYPES = {
  f32: { id: 0, weights: 1, bytes: 4 },
  q4_0: { id: 2, weights: 32, bytes: 18 },
} as const;

const VERSION = 3;
const VALUE = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const;

/** Tensors begin at multiples of it; GGUF's default. */
export const GGUF_ALIGNMENT = 32;

/** All of a GGUF file before its tensors; they follow in order, each padded to `GGUF_ALIGNMENT`. */
export function ggufHeader(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Buffer {
  const entries = Object.entries(metadata);
  const head = [Buffer.from('GGUF'), uint32(VERSION), uint64(tensors.length), uint64(entries.length)];
  for (const [key, value] of entries) head.push(string(key), ...valueParts(value));
  let offset = 0;
  for (const tensor of tensors) {
    const { name, dims, type } = tensor;
    head.push(string(name), uint32(dims.length), ...dims.map(uint64), uint32(TYPES[type].id), uint64(offset));
    offset += padded(ggufBytes(tensor));
  }
  const bytes = Buffer.concat(head);
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]);
}

export function ggufBytes({ dims, type }: GgufTensor): number {
  const { weights, bytes } = TYPES[type];
  return (dims.reduce((product, size) => product * size, 1) / weights) * bytes;
}

export function padded(bytes: number): number {
  return Math.ceil(bytes / GGUF_ALIGNMENT) * GGUF_ALIGNMENT;
}

function valueParts(value: GgufValue): Buffer[] {
  if (typeof value === 'string') return [uint32(VALUE.string), string(value)];
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? [uint32(VALUE.uint32), uint32(value)]
      : [uint32(VALUE.float32), float32(value)];
  }
  const array = (type: number) => [uint32(VALUE.array), uint32(type), uint64(value.length)];
  if (value instanceof Int32Array) return [...array(VALUE.int32), bytesOf(value)];
  if (value instanceof Float32Array) return [...array(VALUE.float32), bytesOf(value)];
  return [...array(VALUE.string), Buffer.concat(value.map(string))];
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
