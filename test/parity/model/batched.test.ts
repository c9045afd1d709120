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

/** Rows that go through a layer together are added up in another order than one row alone. */
const LOGIT_TOLERANCE = 1e-4;
const LOGPROB_TOLERANCE = 1e-3;

const worst = (actual: ArrayLike<number>, expected: ArrayLike<number>) =>
  Math.max(...Array.from(expected, (value, i) => Math.abs((actual[i] ?? NaN) - value)));

describe.each(TINY_CHECKPOINTS)('%s, several sequences at once', (name) => {
  const folder = tinyFolder(name);
  let cache: string;
  let engine: Engine;
  let towers: Towers;

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'batched-'));
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

  it('answers all cases at once as Hugging Face answers each', async () => {
    const { cases } = await readExpected(folder);
    const generations = await Promise.all(
      cases.map(async ({ frames, prompt }) => {
        const request = { frames: await readFrames(folder, frames), prompt, options: GREEDY };
        return (await collect(engine.generate(request))).generation;
      }),
    );
    generations.forEach(({ steps }, i) => {
      const reference = cases[i];
      expect(steps.map(({ id }) => id)).toEqual(reference?.greedy_ids);
      steps.forEach(({ topLogprobs }, s) => {
        const wanted = reference?.steps[s]?.top_logprobs ?? [];
        expect(worst(topLogprobs, wanted)).toBeLessThan(LOGPROB_TOLERANCE);
      });
    });
  });

  it.each([2, 3, 4, 6])(
    'gives the logits of single runs for %i sequences of different lengths',
    async (count) => {
      const start = (i: number) =>
        towers.vision
          .encode(frames.slice(0, 1 + (i % frames.length)))
          .then((tokens) => towers.decoder.prefill(tokens, [2, 40 + i, 9, 108].slice(0, 2 + (i % 3)), 4));
      const frames = await readFrames(folder, [0, 1, 2]);
      const ids = (i: number) => [30 + i, 50 + 2 * i, 7];
      const sequences = await Promise.all(Array.from({ length: count }, (_, i) => start(i)));
      const before = towers.decoder.runs;
      const together: Float32Array[][] = sequences.map(() => []);
      for (const step of [0, 1, 2]) {
        await Promise.all(sequences.map((sequence, i) => sequence.append(ids(i)[step] ?? 0)));
        sequences.forEach(({ logits }, i) => together[i]?.push(Float32Array.from(logits)));
      }
      expect(towers.decoder.runs - before).toBe(3 * Math.ceil(count / 4));

      for (let i = 0; i < count; i++) {
        const alone = await start(i);
        for (const step of [0, 1, 2]) {
          await alone.append(ids(i)[step] ?? 0);
          expect(worst(together[i]?.[step] ?? [], alone.logits)).toBeLessThan(LOGIT_TOLERANCE);
        }
      }
    },
  );
});
