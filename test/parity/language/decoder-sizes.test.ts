import { describe, expect, it, onTestFinished } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { readTensor } from '../../../src/checkpoint/read-tensor.js';
import { openTowers } from '../../../src/model/engine-towers.js';
import { IMAGE_TOKEN_AXES, tensor } from '../../../src/shared/tensor.js';
import { goldenNumbers } from '../model/golden-number.js';
import { writeCheckpoint, type TextSizes } from '../model/write-checkpoint.js';
import { geluTanh, naiveDecoder, rmsNorm, rotate } from './naive-decoder.js';

const TOLERANCE = 1e-4;

const GEMMA: TextSizes = {
  model_type: 'gemma',
  vocab_size: 51,
  hidden_size: 20,
  intermediate_size: 28,
  num_hidden_layers: 2,
  num_attention_heads: 6,
  num_key_value_heads: 1,
  head_dim: 10,
};
const GEMMA2: TextSizes = {
  ...GEMMA,
  model_type: 'gemma2',
  query_pre_attn_scalar: 7,
  attn_logit_softcapping: 2,
  final_logit_softcapping: 30,
};
const VISION = {
  hidden_size: 12,
  intermediate_size: 20,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  image_size: 10,
  patch_size: 5,
};

const SIZES: readonly (readonly [string, TextSizes])[] = [
  ['Gemma, one layer', { ...GEMMA, num_hidden_layers: 1 }],
  ['Gemma, one key/value head', GEMMA],
  ['Gemma, two key/value heads', { ...GEMMA, num_key_value_heads: 2 }],
  ['Gemma, as many key/value heads as heads', { ...GEMMA, num_key_value_heads: 6 }],
  ['Gemma 2, one key/value head', GEMMA2],
  ['Gemma 2, three key/value heads', { ...GEMMA2, num_key_value_heads: 3 }],
  ['Gemma 2 without softcap', { ...GEMMA2, attn_logit_softcapping: null, num_key_value_heads: 2 }],
];

describe('the naive decoder', () => {
  it('is made of the documented primitives', () => {
    const gelu = [-3, -1, -0.5, 0.5, 1, 3].map(geluTanh);
    const wanted = [-0.0036373, -0.158808, -0.154286, 0.345714, 0.841192, 2.9963627];
    gelu.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] ?? NaN, 6);
    });
    const normed = rmsNorm([1, -2, 3, -4], [0.1, -0.2, 0, 0.5], 1e-6);
    const norms = [0.4016632, -0.5842374, 1.095445, -2.1908901];
    normed.forEach((value, i) => {
      expect(value).toBeCloseTo(norms[i] ?? NaN, 6);
    });
    const turned = rotate([1, 2, 3, 4, 5, 6, 7, 8], 3, 10000);
    const turns = [-1.695593, 0.137552, 2.788682, 3.975982, -4.808842, 6.323059, 7.086837, 8.011964];
    turned.forEach((value, i) => {
      expect(value).toBeCloseTo(turns[i] ?? NaN, 5);
    });
  });
});

describe.each(SIZES)('the cached decoder, %s', (_, sizes) => {
  it('gives what one shot over the whole sequence gives, for the prefix and for every id after it', async () => {
    const folder = await writeCheckpoint(sizes, VISION, 48);
    const checkpoint = await openCheckpoint(folder);
    const { decoder, vision, weights } = await openTowers(checkpoint, {
      cacheDirectory: folder,
      threads: 1,
      imageTokenCacheBytes: 0,
      onWarning: () => undefined,
    });
    onTestFinished(async () => {
      await vision.dispose();
      await decoder.dispose();
      await weights.dispose();
    });
    const numbers = new Map<string, Float32Array>();
    for (const [name, stored] of checkpoint.tensors) numbers.set(name, await readTensor(stored));
    const weight = (name: string) => numbers.get(name) ?? new Float32Array();
    const { text } = checkpoint.config;

    const [frames, patches, width] = [3, 4, sizes.hidden_size];
    const images = goldenNumbers('images', frames * patches * width, 2);
    const prompt = [2, 17, 30, 8];
    const answer = [40, 3, 47, 0, 12];
    const table = weight('language_model.embed_tokens.weight');
    const embed = (id: number) =>
      Array.from(table.subarray(id * width, (id + 1) * width), (value) => value * Math.sqrt(width));
    const imageRows = Array.from({ length: frames * patches }, (_, row) =>
      Array.from(images.subarray(row * width, (row + 1) * width)),
    );
    const prefix = imageRows.length + prompt.length;

    const tokens = tensor(IMAGE_TOKEN_AXES, [frames, patches, width], images);
    const sequence = await decoder.prefill(tokens, prompt, answer.length);
    for (let written = 0; written <= answer.length; written++) {
      const rows = [...imageRows, ...[...prompt, ...answer.slice(0, written)].map(embed)];
      const wanted = naiveDecoder(text, rows, prefix, weight, 48);
      const error = Math.max(...wanted.map((value, i) => Math.abs(value - (sequence.logits[i] ?? NaN))));
      expect(sequence.logits).toHaveLength(48);
      expect(error, `after ${written} ids`).toBeLessThan(TOLERANCE);
      const next = answer[written];
      if (next !== undefined) await sequence.append(next);
    }
  });
});
