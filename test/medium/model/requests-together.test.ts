import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../../src/model/model.js';
import { ModelProcess } from '../../../src/model/model-process.js';
import { collect, GREEDY, readFrames, tinyFolder } from '../../parity/model/tiny-checkpoint.js';

const FOLDER = tinyFolder('paligemma1-tiny-f32');
const options = { ...GREEDY, maxNewTokens: 8 };

describe('a model process that is asked by several streams at once', () => {
  let cacheDirectory: string;
  let model: ModelProcess;

  beforeAll(async () => {
    cacheDirectory = await mkdtemp(join(tmpdir(), 'together-'));
    model = new ModelProcess({
      ...{ directory: FOLDER, cacheDirectory, threads: 1, precision: 'f32' },
      imageTokenCacheBytes: 1 << 20,
      batchFillMs: 50,
      queueLimits: { maxBatch: 4 },
    });
    await model.opened();
  });

  afterAll(async () => {
    await model.close();
    await rm(cacheDirectory, { recursive: true });
  });

  const answer = async (request: ModelRequest) => (await collect(model.generate(request))).generation.ids;
  const question = async (stream: string, frames: number[], prompt: string): Promise<ModelRequest> => ({
    frames: await readFrames(FOLDER, frames),
    ...{ prompt, options, stream, priority: 'question' },
  });
  /** What the work cost. */
  const cost = async (work: () => Promise<unknown>) => {
    const before = model.stats;
    await work();
    const after = model.stats;
    return {
      passes: after.engine.vision.passes - before.engine.vision.passes,
      frames: after.engine.vision.frames - before.engine.vision.frames,
      hits: after.engine.vision.cache.hits - before.engine.vision.cache.hits,
      runs: after.engine.decoder.runs - before.engine.decoder.runs,
      tokens: after.tokens - before.tokens,
    };
  };

  it('encodes their frames in one pass, decodes them together, and answers as one by one', async () => {
    const asked = await Promise.all([
      question('door', [0], 'caption en'),
      question('yard', [1, 2], 'caption en'),
      question('roof', [3], 'describe en'),
    ]);
    let together: (readonly number[])[] = [];
    const spent = await cost(async () => (together = await Promise.all(asked.map(answer))));
    expect(spent).toMatchObject({ passes: 1, frames: 4 });
    expect(model.stats.engine.vision.batchSizes).toEqual({ 4: 1 });
    expect(model.stats.queue.together).toMatchObject({ 3: 1 });
    const prefixes = 3;
    expect(spent.runs).toBeLessThan(prefixes + spent.tokens / 2);

    const alone: (readonly number[])[] = [];
    for (const request of asked) alone.push(await answer(request));
    expect(together).toEqual(alone);
  });

  it('needs no vision pass for overlapping windows and second questions', async () => {
    await answer(await question('gate', [0, 1, 2, 3], 'caption en'));
    const spent = await cost(async () => {
      await answer(await question('gate', [1, 2, 3, 0], 'caption en'));
      await answer(await question('gate', [0, 1, 2, 3], 'what is this?'));
    });
    expect(spent).toMatchObject({ passes: 0, frames: 0, hits: 8 });
  });

  it('tells what the stages took', () => {
    const { stageSeconds, queue, process } = model.stats;
    expect([stageSeconds.encode.count, stageSeconds.decode.count]).toEqual([queue.finished, queue.finished]);
    expect(stageSeconds.prefill.sum).toBeGreaterThan(0);
    expect(queue.waitSeconds.question.count).toBe(queue.finished);
    expect(process).toMatchObject({ state: 'ready', restarts: 0, hangs: 0 });
    expect(JSON.parse(JSON.stringify(model.stats))).toEqual(model.stats);
  });
});
