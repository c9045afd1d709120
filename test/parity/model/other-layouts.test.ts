import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEngine, type Engine } from '../../../src/model/engine.js';
import type { EngineSettings } from '../../../src/model/engine-module.js';
import { bigVisionNpz } from '../../fixtures/checkpoint/big-vision.js';
import { type AdaptedModule, writeAdapter } from '../../fixtures/checkpoint/adapter.js';
import { writeMerged } from '../../fixtures/checkpoint/merged.js';
import { collect, GREEDY, readExpected, readFrames, tinyFolder } from './tiny-checkpoint.js';

const TINY = tinyFolder('paligemma1-tiny-f32');
const LOGPROB_TOLERANCE = 1e-3;

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'layouts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function open(settings: Partial<EngineSettings> & { directory: string }): Promise<Engine> {
  const engine = await openEngine({
    cacheDirectory: join(await temporary(), 'cache'),
    threads: 1,
    precision: 'f32',
    imageTokenCacheBytes: 1 << 20,
    onWarning: (message) => expect.unreachable(message),
    ...settings,
  });
  onTestFinished(() => engine.close());
  return engine;
}

async function answer(engine: Engine, index: number) {
  const reference = (await readExpected(TINY)).cases[index];
  if (reference === undefined) throw new Error('no such case');
  const frames = await readFrames(TINY, reference.frames);
  const { generation } = await collect(
    engine.generate({ frames, prompt: reference.prompt, options: GREEDY }),
  );
  return { reference, generation };
}

describe('the npz of big_vision', () => {
  it.each([0, 3, 7])('answers case %i as Hugging Face does with the safetensors', async (index) => {
    const folder = await temporary();
    await cp(TINY, folder, { recursive: true, filter: (path) => !/frames|safetensors/.test(path) });
    await writeFile(join(folder, 'pt.npz'), await bigVisionNpz(TINY, 'float32'));
    const { reference, generation } = await answer(await open({ directory: folder }), index);
    expect(generation.steps.map(({ id }) => id)).toEqual(reference.greedy_ids);
    reference.steps.forEach((step, i) => {
      step.top_logprobs.forEach((value, k) => {
        const found = generation.steps[i]?.topLogprobs[k] ?? NaN;
        expect(Math.abs(found - value)).toBeLessThan(LOGPROB_TOLERANCE);
      });
    });
  });
});

const SCALE = 6 / 4;
const decoder = (layer: number, part: string, rows: number, columns: number) => ({
  module: `language_model.model.layers.${layer}.${part}`,
  weight: `language_model.layers.${layer}.${part}.weight`,
  ...{ rows, columns: [columns], rank: 4, scale: SCALE },
});
const MODULES: (AdaptedModule & { weight: string; scale: number })[] = [
  ...[0, 1, 2, 3].flatMap((layer) => [
    decoder(layer, 'self_attn.q_proj', 128, 64),
    decoder(layer, 'self_attn.v_proj', 32, 64),
    decoder(layer, 'mlp.down_proj', 64, 160),
  ]),
  {
    module: 'vision_tower.vision_model.encoder.layers.1.self_attn.out_proj',
    weight: 'vision_tower.encoder.layers.1.self_attn.out_proj.weight',
    ...{ rows: 48, columns: [48], rank: 4, scale: SCALE },
  },
  {
    module: 'multi_modal_projector.linear',
    weight: 'multi_modal_projector.linear.weight',
    ...{ rows: 64, columns: [48], rank: 4, scale: SCALE },
  },
];

describe('an adapter', () => {
  it.each(['f32', 'int8', 'int4'] as const)(
    'answers as the merged checkpoint does in %s',
    async (precision) => {
      const folder = await temporary();
      const [adapter, merged, cacheDirectory] = ['adapter', 'merged', 'cache'].map((name) =>
        join(folder, name),
      );
      if (adapter === undefined || merged === undefined || cacheDirectory === undefined) return;
      await writeAdapter(adapter, MODULES);
      await writeMerged(TINY, merged, MODULES);
      const plain = await open({ directory: TINY, precision, cacheDirectory });
      const adapted = await open({ directory: TINY, adapter, precision, cacheDirectory });
      const expected = await open({ directory: merged, precision, cacheDirectory });
      let differs = false;
      for (const index of [0, 5]) {
        const base = (await answer(plain, index)).generation;
        const found = (await answer(adapted, index)).generation;
        const wanted = (await answer(expected, index)).generation;
        expect(found.ids).toEqual(wanted.ids);
        const logprobs = (steps: typeof found.steps) => steps.flatMap(({ topLogprobs }) => [...topLogprobs]);
        const all = logprobs(wanted.steps);
        logprobs(found.steps).forEach((value, i) => {
          expect(Math.abs(value - (all[i] ?? NaN))).toBeLessThan(1e-5);
        });
        differs ||= base.steps.some(({ topLogprobs: [first = 0] }, i) => {
          return Math.abs(first - (found.steps[i]?.topLogprobs[0] ?? 0)) > 1e-3;
        });
      }
      expect(differs).toBe(true); // the adapter did something, and no conversion of the plain model was used
      const prints = new Set((await readdir(cacheDirectory)).map((name) => name.slice(0, 64)));
      expect(prints.size).toBe(precision === 'f32' ? 1 : 3); // float32 is used where it lies, but for the adapted
    },
  );
});
