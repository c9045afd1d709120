import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { type Case, expectRefused } from './expect-refused.js';
import { copyCheckpoint, editHeader, editJson, entry, writeSafetensors } from './tampered-checkpoint.js';

const F32 = 'model.safetensors';
const NORM = 'language_model.model.norm.weight';
const BIAS = 'multi_modal_projector.linear.bias';
const LAST = 'vision_tower.vision_model.post_layernorm.weight';
const weights = (folder: string): string => join(folder, F32);
const config = (folder: string, change: object): Promise<void> =>
  editJson(join(folder, 'config.json'), (json) => Object.assign(json, change));
const header = (folder: string, text: string): Promise<void> =>
  writeSafetensors(weights(folder), text, Buffer.alloc(8));

async function headerLength(folder: string, length: bigint): Promise<void> {
  const bytes = await readFile(weights(folder));
  bytes.writeBigUInt64LE(length);
  await writeFile(weights(folder), bytes);
}

const CASES: Case[] = [
  ['an empty file', (f) => truncate(weights(f), 0), 'safetensors_header', [F32, '0 bytes']],
  ['a file cut in its header', (f) => truncate(weights(f), 5000), 'safetensors_header', ['truncated']],
  [
    'a file cut in its data',
    (f) => truncate(weights(f), 100_000),
    'safetensors_offsets',
    [F32, 'tensor', 'truncated'],
  ],
  ['a header of length 0', (f) => headerLength(f, 0n), 'safetensors_header', ['0 bytes']],
  [
    'a header longer than is read',
    (f) => headerLength(f, 1n << 40n),
    'safetensors_header',
    ['1099511627776'],
  ],
  ['a header of negative length', (f) => headerLength(f, 0xffffffffffffffffn), 'safetensors_header', [F32]],
  [
    'a header longer than the file',
    (f) => headerLength(f, 5_000_000n),
    'safetensors_header',
    ['5000000', 'truncated'],
  ],
  ['a header that is not JSON', (f) => header(f, 'PK..'), 'checkpoint_json', [F32]],
  ['a header that is a list', (f) => header(f, '[]'), 'safetensors_header', ['not a JSON object']],
  [
    'metadata that is not text',
    (f) => header(f, '{"__metadata__":{"a":1}}'),
    'safetensors_header',
    ['__metadata__'],
  ],
  [
    'an entry that is no tensor',
    (f) => header(f, '{"a":{"dtype":"F32"}}'),
    'safetensors_header',
    ['tensor a', 'shape'],
  ],
  [
    'a tensor given twice',
    (f) => header(f, `{${`"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},`.repeat(2).slice(0, -1)}}`),
    'checkpoint_json',
    ['"a" twice'],
  ],
  [
    'a tensor given twice, once in escapes',
    (f) =>
      header(
        f,
        '{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"\\u0061":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}',
      ),
    'checkpoint_json',
    ['"a" twice'],
  ],
  [
    'an unknown type',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).dtype = 'F37')),
    'safetensors_dtype',
    [NORM, 'F37'],
  ],
  [
    'a type named like an object’s own property',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).dtype = 'toString')),
    'safetensors_dtype',
    [NORM],
  ],
  [
    'a weight of integers',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).dtype = 'I32')),
    'checkpoint_tensor_dtype',
    [NORM, 'I32'],
  ],
  [
    'a negative size',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).shape = [-64])),
    'safetensors_header',
    [NORM],
  ],
  [
    'a shape beyond any file',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).shape = [2 ** 40, 2 ** 40])),
    'safetensors_offsets',
    [NORM, 'impossible'],
  ],
  [
    'a shape that wraps to its size in 64 bits',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).shape = [2 ** 32, 2 ** 32, 64])),
    'safetensors_offsets',
    [NORM],
  ],
  [
    'a shape of many dimensions',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).shape = Array<number>(40).fill(1))),
    'safetensors_header',
    [NORM],
  ],
  [
    'bytes that do not fit the shape',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).shape = [65])),
    'safetensors_offsets',
    [NORM, '260 bytes'],
  ],
  [
    'offsets beyond the file',
    (f) =>
      editHeader(
        weights(f),
        (h, data) => void (entry(h, LAST).data_offsets = [data.length, data.length + 192]),
      ),
    'safetensors_offsets',
    [LAST],
  ],
  [
    'offsets the wrong way round',
    (f) => editHeader(weights(f), (h) => void entry(h, NORM).data_offsets.reverse()),
    'safetensors_offsets',
    [NORM],
  ],
  [
    'tensors that overlap',
    (f) =>
      editHeader(weights(f), (h) => void (entry(h, BIAS).data_offsets = [...entry(h, NORM).data_offsets])),
    'safetensors_offsets',
    [/overlaps|leaves a hole/],
  ],
  [
    'a hole between tensors',
    (f) =>
      editHeader(weights(f), (h) => {
        Reflect.deleteProperty(h, BIAS);
        return undefined;
      }),
    'safetensors_offsets',
    ['leaves a hole'],
  ],
  [
    'bytes after the last tensor',
    (f) => editHeader(weights(f), (_, data) => Buffer.concat([data, Buffer.alloc(9)])),
    'safetensors_offsets',
    [F32, '9 bytes after'],
  ],
  [
    'a missing tensor',
    (f) =>
      editHeader(weights(f), (h) => {
        h.other = entry(h, BIAS);
        Reflect.deleteProperty(h, BIAS);
        return undefined;
      }),
    'checkpoint_tensor_missing',
    [BIAS, '[64]'],
  ],
  [
    'a wrong shape',
    (f) => editHeader(weights(f), (h) => void (entry(h, NORM).shape = [8, 8])),
    'checkpoint_tensor_shape',
    [F32, NORM, '[8, 8]', '[64]'],
  ],
  [
    'a tensor under its old and its new name',
    (f) =>
      editHeader(weights(f), (h, data) => {
        h['model.language_model.norm.weight'] = {
          dtype: 'F32',
          shape: [64],
          data_offsets: [data.length, data.length + 256],
        };
        return Buffer.concat([data, Buffer.alloc(256)]);
      }),
    'checkpoint_tensor_twice',
    [NORM, 'model.language_model.norm.weight'],
  ],
  [
    'an untied head that is missing',
    (f) => config(f, { tie_word_embeddings: false }),
    'checkpoint_tensor_missing',
    ['lm_head.weight'],
  ],
];

describe('openCheckpoint refuses', () => {
  it.each(CASES.map((one) => [one[0], one] as const))('%s', async (_, one) => {
    await expectRefused(await copyCheckpoint('paligemma1-tiny-f32'), one);
  });
});
