import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { readTensor } from '../../../src/checkpoint/read-tensor.js';
import { readTensorChunks } from '../../../src/checkpoint/read-tensor-chunks.js';
import { CheckpointError } from '../../../src/shared/errors.js';
import {
  type AdaptedModule,
  type AdapterOptions,
  factorsOf,
  writeAdapter,
} from '../../fixtures/checkpoint/adapter.js';
import { FIXTURES, temporaryFolder } from './tampered-checkpoint.js';

const TINY = join(FIXTURES, 'paligemma1-tiny-f32');
const Q: AdaptedModule = {
  module: 'language_model.model.layers.2.self_attn.q_proj',
  rows: 128,
  columns: [64],
  rank: 4,
};
const WEIGHT = 'language_model.layers.2.self_attn.q_proj.weight';

async function adapterFolder(
  modules: readonly AdaptedModule[],
  options: AdapterOptions = {},
): Promise<string> {
  const folder = join(await temporaryFolder(), 'adapter');
  await writeAdapter(folder, modules, options);
  return folder;
}

async function weightOf(name: string, adapter?: string): Promise<Float32Array> {
  const tensor = (await openCheckpoint(TINY, adapter)).tensors.get(name);
  if (tensor === undefined) throw new Error(`no ${name}`);
  return readTensor(tensor);
}

/** What the adapter adds to one number of the weight, divided by `B x A` there. */
async function scaleFound(adapted: AdaptedModule, weight: string, config: object): Promise<number> {
  const before = await weightOf(weight);
  const after = await weightOf(weight, await adapterFolder([adapted], { config: { ...config } }));
  const { a, b } = factorsOf(adapted);
  const columns = a.length / adapted.rank;
  const products = Float64Array.from(before, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    let sum = 0;
    for (let k = 0; k < adapted.rank; k++)
      sum += (b[row * adapted.rank + k] ?? 0) * (a[k * columns + column] ?? 0);
    return sum;
  });
  const dot = products.reduce((sum, value, i) => sum + value * ((after[i] ?? 0) - (before[i] ?? 0)), 0);
  const scale = dot / products.reduce((sum, value) => sum + value * value, 0);
  products.forEach((value, i) => {
    expect(Math.abs((after[i] ?? 0) - (before[i] ?? 0) - scale * value)).toBeLessThan(1e-6);
  });
  return scale;
}

describe('an adapter', () => {
  it.each<[string, AdaptedModule, string, object, number]>([
    ['alpha over rank', Q, WEIGHT, {}, 6 / 4],
    ['alpha over the root of the rank', Q, WEIGHT, { use_rslora: true }, 6 / 2],
    ['an alpha of its own', Q, WEIGHT, { alpha_pattern: { 'layers.2.self_attn.q_proj': 10 } }, 10 / 4],
    ['an alpha of others', Q, WEIGHT, { alpha_pattern: { v_proj: 10, '2_q_proj': 3 } }, 6 / 4],
    ['the rank its tensors have', { ...Q, rank: 2 }, WEIGHT, { r: 4, rank_pattern: { q_proj: 2 } }, 6 / 2],
    ['fan_in_fan_out, which linear layers set aside', Q, WEIGHT, { fan_in_fan_out: true }, 6 / 4],
    ['any target_modules', Q, WEIGHT, { target_modules: '.*q_proj', bias: 'none', lora_dropout: 0.1 }, 6 / 4],
    [
      'the names of transformers 5',
      { ...Q, module: 'model.language_model.layers.2.self_attn.q_proj' },
      WEIGHT,
      {},
      6 / 4,
    ],
    [
      'the tower',
      { module: 'vision_tower.vision_model.encoder.layers.0.mlp.fc1', rows: 112, columns: [48], rank: 3 },
      'vision_tower.encoder.layers.0.mlp.fc1.weight',
      {},
      6 / 3,
    ],
    [
      'a convolution',
      {
        module: 'vision_tower.vision_model.embeddings.patch_embedding',
        rows: 48,
        columns: [3, 14, 14],
        rank: 2,
      },
      'vision_tower.embeddings.patch_embedding.weight',
      {},
      6 / 2,
    ],
  ])('is merged: %s', async (_, adapted, weight, config, scale) => {
    expect(await scaleFound(adapted, weight, config)).toBeCloseTo(scale, 5);
  });

  it('is merged in chunks of any size', async () => {
    const { tensors } = await openCheckpoint(TINY, await adapterFolder([Q]));
    const tensor = tensors.get(WEIGHT);
    if (tensor === undefined) throw new Error('no q_proj');
    const whole = await readTensor(tensor);
    for (const size of [1, 63, 65, 1000]) {
      const found: number[] = [];
      for await (const chunk of readTensorChunks(tensor, size)) found.push(...chunk);
      expect(Float32Array.from(found)).toEqual(whole);
    }
  });

  it('replaces modules that were trained whole', async () => {
    const data = new Float32Array(64).fill(0.25);
    const others = new Map([['base_model.model.multi_modal_projector.linear.bias', { shape: [64], data }]]);
    const adapter = await adapterFolder([Q], { config: { modules_to_save: ['linear'] }, others });
    expect(await weightOf('multi_modal_projector.linear.bias', adapter)).toEqual(data);
  });

  it('changes the fingerprint, each another way', async () => {
    const prints = [
      (await openCheckpoint(TINY)).fingerprint,
      (await openCheckpoint(TINY, await adapterFolder([Q]))).fingerprint,
      (await openCheckpoint(TINY, await adapterFolder([Q], { config: { lora_alpha: 7 } }))).fingerprint,
      (await openCheckpoint(TINY, await adapterFolder([{ ...Q, rank: 2 }]))).fingerprint,
    ];
    expect(new Set(prints).size).toBe(4);
    for (const print of prints) expect(print).toMatch(/^[0-9a-f]{64}$/);
  });
});

const of = (name: string, shape: number[]): AdapterOptions => ({
  others: new Map([
    [name, { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) }],
  ]),
});

describe('an adapter is refused', () => {
  it.each<[string, readonly AdaptedModule[], AdapterOptions, string, RegExp]>([
    ['DoRA', [Q], { config: { use_dora: true } }, 'adapter_unsupported', /DoRA \(use_dora\)/],
    [
      'DoRA told by its tensors',
      [Q],
      of(`base_model.model.${Q.module}.lora_magnitude_vector.weight`, [128]),
      'adapter_unsupported',
      /DoRA/,
    ],
    ['another use of LoRA', [Q], { config: { use_qalora: true } }, 'adapter_unsupported', /use_qalora/],
    ['biases of factors', [Q], { config: { lora_bias: true } }, 'adapter_unsupported', /lora_bias/],
    ['another method', [Q], { config: { peft_type: 'LOHA' } }, 'checkpoint_config', /only LoRA/],
    [
      'PiSSA',
      [Q],
      { config: { init_lora_weights: 'pissa_niter_16' } },
      'checkpoint_config',
      /changes the weights/,
    ],
    [
      'alphas by regular expression',
      [Q],
      { config: { alpha_pattern: { '.*(q|v)_proj': 2 } } },
      'adapter_unsupported',
      /regular expression/,
    ],
    [
      'an adapted table',
      [],
      of('base_model.model.language_model.model.embed_tokens.lora_embedding_A', [4, 1792]),
      'adapter_unsupported',
      /embedding table/,
    ],
    [
      'a replaced table',
      [],
      of('base_model.model.language_model.model.embed_tokens.weight', [1792, 64]),
      'adapter_unsupported',
      /head shares/,
    ],
    [
      'half a pair',
      [],
      of(`base_model.model.${Q.module}.lora_A.weight`, [4, 64]),
      'adapter_tensor',
      /has only lora_A/,
    ],
    [
      'a layer the model has not',
      [{ ...Q, module: 'language_model.model.layers.4.self_attn.q_proj' }],
      {},
      'adapter_tensor',
      /layers\.4\.self_attn\.q_proj\.weight, which .* has not/,
    ],
    ['another width', [{ ...Q, columns: [72] }], {}, 'adapter_tensor', /trained on another model/],
    ['another height', [{ ...Q, rows: 64 }], {}, 'adapter_tensor', /trained on another model/],
  ])('%s', async (_, modules, options, code, words) => {
    await expectRefused(await adapterFolder(modules, options), code, words);
  });

  it('pickled, or not there', async () => {
    const folder = await adapterFolder([Q]);
    await rename(join(folder, 'adapter_model.safetensors'), join(folder, 'adapter_model.bin'));
    await expectRefused(folder, 'checkpoint_file_missing', /save the adapter as safetensors/);
    await expectRefused(join(folder, 'none'), 'checkpoint_file_missing', /adapter_config\.json/);
    await writeFile(join(folder, 'adapter_config.json'), '[]');
    await expectRefused(folder, 'checkpoint_config', /adapter_config\.json/);
  });
});

async function expectRefused(adapter: string, code: string, words: RegExp): Promise<void> {
  const thrown: unknown = await openCheckpoint(TINY, adapter).then(
    () => 'it was opened',
    (error: unknown) => error,
  );
  if (!(thrown instanceof CheckpointError)) throw new Error(`it was not refused: ${String(thrown)}`);
  expect({ code: thrown.code, message: thrown.message }).toMatchObject({ code });
  expect(thrown.message).toMatch(words);
  expect(thrown.message).not.toContain('\n');
}
