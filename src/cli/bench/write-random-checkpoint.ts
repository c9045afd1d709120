import { copyFile, mkdir, open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { randomStream } from '../../language/random.js';
import { shapeFiles, type ModelShape } from './model-shape.js';

/** Random numbers of one block; larger tensors repeat it, which no kernel can tell. */
const BLOCK_NUMBERS = 1 << 21;
const BYTES = 2;

/**
 * Writes a checkpoint of a shape with random weights, bfloat16 in one file, in bounded memory: for measuring only.
 * @param tokenizer - a tokenizer.json; it is not used, but a checkpoint has one
 */
export async function writeRandomCheckpoint(
  folder: string,
  shape: ModelShape,
  tokenizer: string,
): Promise<void> {
  const { config, tensors } = shapeFiles(shape);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const preprocessor = {
    ...{ do_normalize: true, do_rescale: true, do_resize: true, resample: 3, rescale_factor: 1 / 255 },
    ...{ image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5], size: { height: 224, width: 224 } },
  };
  await writeFile(join(folder, 'preprocessor_config.json'), JSON.stringify(preprocessor));
  await copyFile(tokenizer, join(folder, 'tokenizer.json'));

  const header: Record<string, object> = {};
  let end = 0;
  for (const [name, dims] of tensors) {
    const start = end;
    end += count(dims) * BYTES;
    header[name] = { dtype: 'BF16', shape: dims, data_offsets: [start, end] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const handle = await open(join(folder, 'model.safetensors'), 'w');
  try {
    await writeAll(handle, Buffer.concat([length, json]));
    for (const [name, dims] of tensors) await writeTensor(handle, name, dims);
  } finally {
    await handle.close();
  }
}

async function writeTensor(handle: FileHandle, name: string, dims: readonly number[]): Promise<void> {
  const numbers = count(dims);
  const block = randomBlock(scaleOf(name, dims), Math.min(numbers, BLOCK_NUMBERS));
  for (let done = 0; done < numbers; done += block.length) {
    const some = block.subarray(0, Math.min(block.length, numbers - done));
    await writeAll(handle, Buffer.from(some.buffer, some.byteOffset, some.byteLength));
  }
}

/** Such that activations neither die nor explode over the layers. */
function scaleOf(name: string, dims: readonly number[]): number {
  if (/norm|bias/.test(name)) return 0.1;
  return 1 / Math.sqrt(count(dims.slice(1)));
}

const UNIFORM = randomUniform();

/** bfloat16 numbers in [-scale, scale]: the upper half of float32's bits. */
function randomBlock(scale: number, length: number): Uint16Array {
  const floats = UNIFORM.subarray(0, length).map((value) => value * scale);
  const words = new Uint16Array(floats.buffer);
  return Uint16Array.from({ length }, (_, i) => words[2 * i + 1] ?? 0);
}

function randomUniform(): Float32Array {
  const random = randomStream(1);
  return Float32Array.from({ length: BLOCK_NUMBERS }, () => 2 * random() - 1);
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done)).bytesWritten;
}

function count(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}
