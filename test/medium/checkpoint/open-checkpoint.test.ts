import { readFile, rename, rm, symlink, truncate, utimes, writeFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalName } from '../../../src/checkpoint/canonical-name.js';
import { expectedTensors } from '../../../src/checkpoint/expected-tensors.js';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { parseConfig } from '../../../src/checkpoint/parse-config.js';
import { readTensor } from '../../../src/checkpoint/read-tensor.js';
import {
  copyCheckpoint,
  editHeader,
  editJson,
  FIXTURES,
  type FixtureName,
  type Header,
  readSafetensors,
  temporaryFolder,
  writeSafetensors,
} from './tampered-checkpoint.js';

const F32 = 'model.safetensors';
const SHARDS = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const;
const INDEX = 'model.safetensors.index.json';

describe('openCheckpoint', () => {
  it.each<[FixtureName, string, number, string]>([
    ['paligemma1-tiny-f32', 'gemma', 93, 'F32'],
    ['paligemma1-tiny-bf16-sharded', 'gemma', 93, 'BF16'],
    ['paligemma2-tiny-bf16', 'gemma2', 101, 'BF16'],
  ])('opens %s', async (name, family, count, dtype) => {
    const { config, preprocessor, tensors } = await openCheckpoint(join(FIXTURES, name));
    expect(config.text.family).toBe(family);
    expect(config.imageTokens).toBe(16);
    expect(config.imageTokenId).toBe(1772);
    expect(preprocessor).toMatchObject({ size: 56, resample: 'bicubic', mean: [0.5, 0.5, 0.5] });
    expect(tensors.size).toBe(count);
    for (const [canonical, tensor] of tensors) expect(tensor).toMatchObject({ name: canonical, dtype });
  });

  it('finds the same tensors under the names of transformers 5', async () => {
    const old = await openCheckpoint(join(FIXTURES, 'paligemma1-tiny-f32'));
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    await editHeader(join(folder, F32), (header) => {
      for (const [name, value] of Object.entries(header)) {
        if (name === '__metadata__') continue;
        Reflect.deleteProperty(header, name);
        header[`model.${canonicalName(name)}`] = value;
      }
      return undefined;
    });
    const renamed = await openCheckpoint(folder);
    expect([...renamed.tensors.keys()]).toEqual([...old.tensors.keys()]);
  });

  it('reads how pictures are prepared out of the file transformers 5 writes, where it has no file of its own', async () => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    const own = join(folder, 'preprocessor_config.json');
    const combined = join(folder, 'processor_config.json');
    const image_processor: unknown = JSON.parse(await readFile(own, 'utf8'));
    await writeFile(combined, JSON.stringify({ image_processor, processor_class: 'PaliGemmaProcessor' }));
    await editJson(own, (json) => Object.assign(json, { resample: 2 }));
    expect((await openCheckpoint(folder)).preprocessor.resample).toBe('bilinear');
    await rm(own);
    expect((await openCheckpoint(folder)).preprocessor).toEqual(
      (await openCheckpoint(join(FIXTURES, 'paligemma1-tiny-f32'))).preprocessor,
    );
    await writeFile(combined, '{"processor_class":"PaliGemmaProcessor"}');
    await expect(openCheckpoint(folder)).rejects.toThrow(/processor_config\.json .*image_processor/);
    await rm(combined);
    await expect(openCheckpoint(folder)).rejects.toThrow(
      /neither preprocessor_config\.json nor processor_config\.json/,
    );
  });

  it('leaves a pooling head and other unused tensors out, whatever their type', async () => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    await editHeader(join(folder, F32), (header, data) => {
      const start = data.length;
      header['vision_tower.vision_model.head.probe'] = {
        dtype: 'F64',
        shape: [1, 2],
        data_offsets: [start, start + 16],
      };
      return Buffer.concat([data, Buffer.alloc(16)]);
    });
    expect((await openCheckpoint(folder)).tensors.size).toBe(93);
  });

  it('gives a head of its own only when the config unties it', async () => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    await editHeader(join(folder, F32), (header, data) => {
      const start = data.length;
      const bytes = 1792 * 64 * 4;
      header['language_model.lm_head.weight'] = {
        dtype: 'F32',
        shape: [1792, 64],
        data_offsets: [start, start + bytes],
      };
      return Buffer.concat([data, Buffer.alloc(bytes)]);
    });
    expect((await openCheckpoint(folder)).tensors.has('lm_head.weight')).toBe(false);
    await editJson(join(folder, 'config.json'), (json) => (json.tie_word_embeddings = false));
    expect((await openCheckpoint(folder)).tensors.get('lm_head.weight')?.shape).toEqual([1792, 64]);
  });

  it('follows the symbolic links of a Hugging Face cache', async () => {
    const blobs = await copyCheckpoint('paligemma1-tiny-bf16-sharded');
    const snapshot = await temporaryFolder();
    const names = [...SHARDS, INDEX, 'config.json', 'preprocessor_config.json', 'tokenizer.json'];
    for (const name of names) await symlink(join(blobs, name), join(snapshot, name));
    const { tensors } = await openCheckpoint(snapshot);
    expect(tensors.get('language_model.norm.weight')?.file).toBe(join(blobs, SHARDS[0]));
  });

  it("opens the releases' sizes without reading their weights", async () => {
    for (const [config, parameters] of RELEASES) {
      const folder = await copyCheckpoint('paligemma1-tiny-f32');
      await writeFile(join(folder, 'config.json'), JSON.stringify(config));
      await rm(join(folder, 'preprocessor_config.json'));
      await writeFile(
        join(folder, 'preprocessor_config.json'),
        JSON.stringify({ size: { height: 224, width: 224 } }),
      );
      const bytes = await writeHollowWeights(folder, config);
      const { tensors } = await openCheckpoint(folder);
      const count = [...tensors.values()].reduce((sum, { byteLength }) => sum + byteLength / 2, 0);
      expect(count).toBe(parameters);
      expect(bytes).toBeGreaterThan(5.8e9);
    }
  });
});

/** config.json as published; parameters with the vision tower, the head tied. */
const RELEASES: [object, number][] = [
  [
    {
      model_type: 'paligemma',
      image_token_index: 257152,
      projection_dim: 2048,
      text_config: {
        model_type: 'gemma',
        hidden_size: 2048,
        intermediate_size: 16384,
        num_attention_heads: 8,
        num_hidden_layers: 18,
        num_key_value_heads: 1,
        vocab_size: 257216,
      },
      vision_config: {
        model_type: 'siglip_vision_model',
        hidden_size: 1152,
        intermediate_size: 4304,
        num_attention_heads: 16,
        num_hidden_layers: 27,
        patch_size: 14,
      },
    },
    2_923_466_480,
  ],
  [
    {
      model_type: 'paligemma',
      projection_dim: 2304,
      text_config: { model_type: 'gemma2', hidden_size: 2304, vocab_size: 257216 },
    },
    3_032_242_416,
  ],
];

/** A sparse file with the header of a real checkpoint. */
async function writeHollowWeights(folder: string, config: object): Promise<number> {
  const parsed = parseConfig(config, 'config.json');
  const header: Header = {};
  let end = 0;
  for (const [name, shape] of expectedTensors(parsed.config, true)) {
    const start = end;
    end += 2 * shape.reduce((product, size) => product * size, 1);
    header[name] = { dtype: 'BF16', shape: [...shape], data_offsets: [start, end] };
  }
  const file = join(folder, F32);
  await writeSafetensors(file, JSON.stringify(header), Buffer.alloc(0));
  await truncate(file, (await stat(file)).size + end);
  return end;
}

describe('fingerprint', () => {
  const print = async (folder: string): Promise<string> => (await openCheckpoint(folder)).fingerprint;

  it('stays when the folder moves', async () => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    const before = await print(folder);
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    const moved = join(await temporaryFolder(), 'moved');
    await rename(folder, moved);
    expect(await print(moved)).toBe(before);
  });

  it('changes with the config, the preprocessor, the tokenizer, and the weights’ bytes or time', async () => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    const time = new Date('1985-10-26T08:15:00Z');
    const weights = join(folder, F32);
    await utimes(weights, time, time);
    const prints = [await print(folder)];
    await editJson(join(folder, 'config.json'), (json) => (json.torch_dtype = 'bfloat16'));
    prints.push(await print(folder));
    await editJson(join(folder, 'preprocessor_config.json'), (json) => (json.rescale_factor = 0.5));
    prints.push(await print(folder));
    await editJson(join(folder, 'tokenizer.json'), (json) => (json.version = '1.1'));
    prints.push(await print(folder));
    // Another model of the same sizes, and the same time: so an npm package would bring it.
    const bytes = await readFile(weights);
    await writeFile(weights, bytes.fill(1, bytes.length / 2));
    await utimes(weights, time, time);
    prints.push(await print(folder));
    await utimes(weights, time, new Date(time.getTime() + 1));
    prints.push(await print(folder));
    expect(new Set(prints).size).toBe(6);
  });
});

describe('readTensor', () => {
  it('reads float32, bfloat16 and float16', async () => {
    const name = 'language_model.norm.weight';
    const single = (await openCheckpoint(join(FIXTURES, 'paligemma1-tiny-f32'))).tensors.get(name);
    const brain = (await openCheckpoint(join(FIXTURES, 'paligemma1-tiny-bf16-sharded'))).tensors.get(name);
    if (!single || !brain) throw new Error('the fixture has no final norm');
    const exact = await readTensor(single);
    const rounded = await readTensor(brain);
    expect(exact).toHaveLength(64);
    // Both are the same model: bfloat16 has 8 significant bits.
    rounded.forEach((value, i) => {
      expect(Math.abs(value - (exact[i] ?? NaN))).toBeLessThanOrEqual(Math.abs(value) / 256);
    });
    expect(rounded[0]).toBe(-0.244140625);

    const file = join(await temporaryFolder(), 'half.safetensors');
    await writeFile(file, Uint8Array.of(0x99, 0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00));
    const half = { name: 'half', file, dtype: 'F16', shape: [3], byteOffset: 1, byteLength: 6 } as const;
    expect([...(await readTensor(half))]).toEqual([1, -2, 2 ** -24]);
  });

  it('says so when the file has become shorter', async () => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    const tensor = (await openCheckpoint(folder)).tensors.get('vision_tower.post_layernorm.weight');
    if (!tensor) throw new Error('the fixture has no post_layernorm');
    await truncate(join(folder, F32), tensor.byteOffset + 3);
    await expect(readTensor(tensor)).rejects.toMatchObject({ code: 'checkpoint_file_truncated' });
  });

  it('gives float32 of a whole tensor as its bytes say', async () => {
    const file = join(FIXTURES, 'paligemma1-tiny-f32', F32);
    const { header, data } = await readSafetensors(file);
    const { tensors } = await openCheckpoint(join(FIXTURES, 'paligemma1-tiny-f32'));
    const tensor = tensors.get('multi_modal_projector.linear.weight');
    const offsets = header['multi_modal_projector.linear.weight']?.data_offsets;
    if (!tensor || !offsets) throw new Error('the fixture has no projector');
    const numbers = await readTensor(tensor);
    expect(Buffer.compare(Buffer.from(numbers.buffer), data.subarray(...offsets))).toBe(0);
  });
});
