import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { type Case, expectRefused } from './expect-refused.js';
import { copyCheckpoint, editHeader, editJson, entry, readSafetensors } from './tampered-checkpoint.js';

const FIRST = 'model-00001-of-00002.safetensors';
const SECOND = 'model-00002-of-00002.safetensors';
const INDEX = 'model.safetensors.index.json';
const NORM = 'language_model.model.norm.weight';
const intoIndex = (f: string, tensor: string, shard: string): Promise<void> =>
  editJson(join(f, INDEX), (json) => Object.assign(json.weight_map as object, { [tensor]: shard }));

const CASES: Case[] = [
  ['a missing shard', (f) => rm(join(f, SECOND)), 'checkpoint_file_missing', [SECOND, INDEX]],
  ['an index that is not JSON', (f) => writeFile(join(f, INDEX), 'x'), 'checkpoint_json', [INDEX]],
  [
    'an index without a map',
    (f) => writeFile(join(f, INDEX), '{}'),
    'checkpoint_config',
    [INDEX, 'weight_map'],
  ],
  ['an index that climbs out', (f) => intoIndex(f, NORM, `../${FIRST}`), 'checkpoint_index', [NORM, '..']],
  [
    'an index that climbs out in the middle',
    (f) => intoIndex(f, NORM, `a/../../${FIRST}`),
    'checkpoint_index',
    [NORM],
  ],
  [
    'an index that climbs out on Windows',
    (f) => intoIndex(f, NORM, `a\\..\\..\\${FIRST}`),
    'checkpoint_index',
    [NORM],
  ],
  [
    'an index with an absolute path',
    (f) => intoIndex(f, NORM, `/tmp/${FIRST}`),
    'checkpoint_index',
    [NORM, '/tmp'],
  ],
  ['an index with a drive', (f) => intoIndex(f, NORM, `c:${FIRST}`), 'checkpoint_index', [NORM]],
  [
    'an index into another kind of file',
    (f) => intoIndex(f, NORM, 'config.json'),
    'checkpoint_index',
    [NORM, 'config.json'],
  ],
  [
    'a tensor that is in another shard',
    (f) => intoIndex(f, NORM, SECOND),
    'checkpoint_index',
    [NORM, SECOND, `in ${FIRST}`],
  ],
  [
    'a tensor that is in no shard',
    (f) => intoIndex(f, 'ghost', SECOND),
    'checkpoint_index',
    ['ghost', 'not there'],
  ],
  [
    'a tensor that is in two shards',
    async (f) => {
      const { header: first, data } = await readSafetensors(join(f, FIRST));
      const [start, end] = entry(first, NORM).data_offsets;
      await editHeader(join(f, SECOND), (h, bytes) => {
        h[NORM] = { dtype: 'BF16', shape: [64], data_offsets: [bytes.length, bytes.length + end - start] };
        return Buffer.concat([bytes, data.subarray(start, end)]);
      });
    },
    'checkpoint_tensor_twice',
    [NORM, FIRST, SECOND],
  ],
  [
    'more shards than any release',
    (f) =>
      editJson(join(f, INDEX), (json) => {
        for (let i = 0; i < 300; i++)
          Object.assign(json.weight_map as object, { [`t${i}`]: `${i}.safetensors` });
      }),
    'checkpoint_index',
    ['at most 256'],
  ],
];

describe('openCheckpoint refuses', () => {
  it.each(CASES.map((one) => [one[0], one] as const))('%s', async (_, one) => {
    await expectRefused(await copyCheckpoint('paligemma1-tiny-bf16-sharded'), one);
  });
});
