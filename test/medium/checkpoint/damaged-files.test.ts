import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Case, expectRefused, refusal } from './expect-refused.js';
import { copyCheckpoint, temporaryFolder } from './tampered-checkpoint.js';

const F32 = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
const weights = (folder: string): string => join(folder, F32);

const CASES: Case[] = [
  [
    'a folder without config.json',
    (f) => rm(join(f, 'config.json')),
    'checkpoint_file_missing',
    ['config.json'],
  ],
  ['no tokenizer', (f) => rm(join(f, 'tokenizer.json')), 'checkpoint_file_missing', ['tokenizer.json']],
  [
    'no preprocessor',
    (f) => rm(join(f, 'preprocessor_config.json')),
    'checkpoint_file_missing',
    ['preprocessor_config.json'],
  ],
  ['no weights', (f) => rm(weights(f)), 'checkpoint_no_weights', [F32, INDEX]],
  [
    'a config that is not JSON',
    (f) => writeFile(join(f, 'config.json'), '{"a":'),
    'checkpoint_json',
    ['config.json is not JSON'],
  ],
  [
    'a config that is not UTF-8',
    (f) => writeFile(join(f, 'config.json'), Uint8Array.of(0x22, 0xff, 0x22)),
    'checkpoint_json',
    ['UTF-8'],
  ],
  [
    'a config that is too large',
    (f) => truncate(join(f, 'config.json'), 2 << 20),
    'checkpoint_file_too_large',
    ['config.json'],
  ],
  [
    'a config that is too deep',
    (f) => writeFile(join(f, 'config.json'), '['.repeat(40) + ']'.repeat(40)),
    'checkpoint_json',
    ['deeper'],
  ],
  [
    'a config that gives a key twice',
    (f) => writeFile(join(f, 'config.json'), '{"a":1,"a":2}'),
    'checkpoint_json',
    ['"a" twice'],
  ],
  [
    'a config that is a folder',
    async (f) => {
      await rm(join(f, 'config.json'));
      await mkdir(join(f, 'config.json'));
    },
    'checkpoint_file_unreadable',
    ['config.json'],
  ],
  [
    'weights that are a folder',
    async (f) => {
      await rm(weights(f));
      await mkdir(weights(f));
    },
    'checkpoint_file_unreadable',
    [F32],
  ],
  [
    'a link that leads nowhere',
    async (f) => {
      await rm(weights(f));
      await symlink(join(f, 'gone'), weights(f));
    },
    'checkpoint_file_missing',
    [F32],
  ],
  [
    'the layout of transformers.js',
    async (f) => {
      await rm(weights(f));
      await mkdir(join(f, 'onnx'));
      await writeFile(join(f, 'onnx', 'vision_encoder.onnx'), '');
    },
    'checkpoint_no_weights',
    ['transformers.js', 'original checkpoint with its safetensors'],
  ],
  [
    'weights of PyTorch',
    async (f) => {
      await rm(weights(f));
      await writeFile(join(f, 'pytorch_model.bin'), '');
    },
    'checkpoint_no_weights',
    ['another format'],
  ],
];

describe('openCheckpoint refuses', () => {
  it.each(CASES.map((one) => [one[0], one] as const))('%s', async (_, one) => {
    await expectRefused(await copyCheckpoint('paligemma1-tiny-f32'), one);
  });

  it('a missing folder and a file in its place', async () => {
    const folder = await temporaryFolder();
    expect(await refusal(join(folder, 'none'))).toMatchObject({ code: 'checkpoint_folder_missing' });
    await writeFile(join(folder, 'file'), '');
    expect(await refusal(join(folder, 'file'))).toMatchObject({ code: 'checkpoint_folder_missing' });
  });
});
