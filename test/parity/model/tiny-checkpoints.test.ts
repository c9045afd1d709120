import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { openEngine, type Engine } from '../../../src/model/engine.js';
import { openTowers, type Towers } from '../../../src/model/engine-towers.js';
import {
  collect,
  GREEDY,
  readExpected,
  readFrames,
  TINY_CHECKPOINTS,
  tinyFolder,
} from './tiny-checkpoint.js';

const LOGPROB_TOLERANCE = 1e-3;
const FEATURE_TOLERANCE = 1e-4;

const worst = (actual: ArrayLike<number>, expected: readonly number[]) =>
  Math.max(...expected.map((value, i) => Math.abs((actual[i] ?? NaN) - value)));

describe.each(TINY_CHECKPOINTS)('%s in float32', (name) => {
  const folder = tinyFolder(name);
  let cache: string;
  let engine: Engine;
  let towers: Towers;

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'tiny-'));
    const options = {
      cacheDirectory: cache,
      threads: 1,
      imageTokenCacheBytes: 1 << 20,
      onWarning: (message: string) => expect.unreachable(message),
    };
    engine = await openEngine({ directory: folder, precision: 'f32', ...options });
    towers = await openTowers(await openCheckpoint(folder), options);
  });

  afterAll(async () => {
    await engine.close();
    await towers.vision.dispose();
    await towers.decoder.dispose();
    await towers.weights.dispose();
    await rm(cache, { recursive: true });
  });

  it.each(Array.from({ length: 8 }, (_, i) => i))('answers case %i as Hugging Face does', async (index) => {
    const reference = (await readExpected(folder)).cases[index];
    if (reference === undefined) throw new Error('no such case');
    const frames = await readFrames(folder, reference.frames);
    const { events, generation } = await collect(
      engine.generate({ frames, prompt: reference.prompt, options: GREEDY }),
    );

    expect(generation.promptIds).toEqual(reference.input_ids_after_image);
    expect(generation.imageTokens).toBe(reference.image_tokens);
    const answered = generation.steps.map(({ id }) => id);
    expect(answered).toEqual(reference.greedy_ids);
    expect(generation.ids).toEqual(answered.filter((id) => id !== 1));
    expect(generation.text).toBe(reference.greedy_text);
    expect(events.filter(({ kind }) => kind === 'step')).toHaveLength(reference.steps.length);
    reference.steps.forEach((step, i) => {
      expect(worst(generation.steps[i]?.topLogprobs ?? [], step.top_logprobs)).toBeLessThan(
        LOGPROB_TOLERANCE,
      );
      expect(generation.steps[i]?.topIds).toEqual(step.top_ids);
    });
  });

  it('encodes frames and reads prefixes as Hugging Face does', async () => {
    for (const reference of (await readExpected(folder)).cases) {
      const tokens = await towers.vision.encode(await readFrames(folder, reference.frames));
      expect(worst(tokens.data.subarray(0, 8), reference.image_features_first8)).toBeLessThan(
        FEATURE_TOLERANCE,
      );
      expect(worst(tokens.data.subarray(-8), reference.image_features_last8)).toBeLessThan(FEATURE_TOLERANCE);
      const { logits } = await towers.decoder.prefill(tokens, reference.input_ids_after_image, 0);
      expect(worst(logits, reference.first_logits_0_63)).toBeLessThan(LOGPROB_TOLERANCE);
    }
  });

  it('has no logit for the image token and the padding behind it', async () => {
    const { config } = await openCheckpoint(folder);
    const tokens = await towers.vision.encode(await readFrames(folder, [0]));
    expect(config.imageTokenId).toBeLessThan(config.text.vocabSize);
    expect((await towers.decoder.prefill(tokens, [2, 108], 0)).logits).toHaveLength(config.imageTokenId);
  });
});
