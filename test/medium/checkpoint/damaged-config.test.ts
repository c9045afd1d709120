import { join } from 'node:path';
import { describe, it } from 'vitest';
import { type Case, expectRefused } from './expect-refused.js';
import { copyCheckpoint, editJson } from './tampered-checkpoint.js';

const config = (folder: string, change: object): Promise<void> =>
  editJson(join(folder, 'config.json'), (json) => Object.assign(json, change));
const part = (folder: string, key: 'text_config' | 'vision_config', change: object): Promise<void> =>
  editJson(join(folder, 'config.json'), (json) => Object.assign(json[key] as object, change));
const preprocessor = (folder: string, change: object): Promise<void> =>
  editJson(join(folder, 'preprocessor_config.json'), (json) => Object.assign(json, change));

const CASES: Case[] = [
  ['another model', (f) => config(f, { model_type: 'llava' }), 'checkpoint_config', ['model_type']],
  [
    'another decoder',
    (f) => part(f, 'text_config', { model_type: 'llama' }),
    'checkpoint_config',
    ['text_config.model_type'],
  ],
  [
    'another vision tower',
    (f) => part(f, 'vision_config', { model_type: 'clip' }),
    'checkpoint_config',
    ['vision_config.model_type'],
  ],
  [
    'another activation',
    (f) => part(f, 'text_config', { hidden_activation: 'silu' }),
    'checkpoint_config',
    ['hidden_activation'],
  ],
  [
    'exact GELU in the vision tower',
    (f) => part(f, 'vision_config', { hidden_act: 'gelu' }),
    'checkpoint_config',
    ['hidden_act'],
  ],
  [
    'attention biases',
    (f) => part(f, 'text_config', { attention_bias: true }),
    'checkpoint_config',
    ['attention_bias', 'not supported'],
  ],
  [
    'scaled positions',
    (f) => part(f, 'text_config', { rope_scaling: { rope_type: 'yarn' } }),
    'checkpoint_config',
    ['rope_scaling'],
  ],
  [
    'a quantised checkpoint',
    (f) => config(f, { quantization_config: { bits: 4 } }),
    'checkpoint_config',
    ['quantised'],
  ],
  [
    'vision heads that do not divide the width',
    (f) => part(f, 'vision_config', { num_attention_heads: 5 }),
    'checkpoint_config',
    ['not a multiple of num_attention_heads'],
  ],
  [
    'a patch larger than the picture',
    (f) => part(f, 'vision_config', { patch_size: 600 }),
    'checkpoint_config',
    ['smaller than patch_size'],
  ],
  [
    'key heads that do not divide the heads',
    (f) => part(f, 'text_config', { num_key_value_heads: 3 }),
    'checkpoint_config',
    ['num_key_value_heads'],
  ],
  ['an odd head', (f) => part(f, 'text_config', { head_dim: 31 }), 'checkpoint_config', ['head_dim']],
  [
    'no layers',
    (f) => part(f, 'text_config', { num_hidden_layers: 0 }),
    'checkpoint_config',
    ['num_hidden_layers'],
  ],
  [
    'a billion layers',
    (f) => part(f, 'text_config', { num_hidden_layers: 1e9 }),
    'checkpoint_config',
    ['num_hidden_layers'],
  ],
  [
    'half a layer',
    (f) => part(f, 'vision_config', { num_hidden_layers: 0.5 }),
    'checkpoint_config',
    ['vision_config.num_hidden_layers'],
  ],
  [
    'a projection of another width',
    (f) => config(f, { projection_dim: 65 }),
    'checkpoint_config',
    ['projection_dim 65'],
  ],
  [
    'an image token beyond the vocabulary',
    (f) => config(f, { image_token_index: 1792 }),
    'checkpoint_config',
    ['image_token_index 1792'],
  ],
  [
    'an end that can never be written',
    (f) => config(f, { eos_token_id: 1772 }),
    'checkpoint_config',
    ['eos_token_id 1772'],
  ],
  [
    'a preprocessor of another size',
    (f) => preprocessor(f, { size: { height: 224, width: 224 } }),
    'checkpoint_config',
    ['preprocessor_config.json', '224x224'],
  ],
  [
    'an unknown filter',
    (f) => preprocessor(f, { resample: 1 }),
    'checkpoint_config',
    ['resample', 'bicubic'],
  ],
  [
    'another count of image tokens',
    (f) => preprocessor(f, { image_seq_length: 256 }),
    'checkpoint_config',
    ['image_seq_length 256'],
  ],
  [
    'a deviation of zero',
    (f) => preprocessor(f, { image_std: [0.5, 0, 0.5] }),
    'checkpoint_config',
    ['image_std.1'],
  ],
];

describe('openCheckpoint refuses', () => {
  it.each(CASES.map((one) => [one[0], one] as const))('%s', async (_, one) => {
    await expectRefused(await copyCheckpoint('paligemma1-tiny-f32'), one);
  });
});
