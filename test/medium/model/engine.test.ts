import { getEventListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { GenerationOptions, Sampling } from '../../../src/language/generation.js';
import { openEngine, type Engine } from '../../../src/model/engine.js';
import type { ModelEvent } from '../../../src/model/model.js';
import { CancelledError, PalistreamError } from '../../../src/shared/errors.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';
import { collect, GREEDY, readFrames, tinyFolder } from '../../parity/model/tiny-checkpoint.js';

const FOLDER = tinyFolder('paligemma2-tiny-bf16');
const IMAGE_TOKEN = 1772;

describe('the engine', () => {
  let cacheDirectory: string;
  let engine: Engine;
  const open = () =>
    openEngine({
      directory: FOLDER,
      cacheDirectory,
      threads: 1,
      precision: 'f32',
      imageTokenCacheBytes: 1 << 20,
      onWarning: (message) => expect.unreachable(message),
    });
  const ask = async (change: Partial<GenerationOptions>, signal?: AbortSignal) => {
    const frames = await readFrames(FOLDER, [3, 5]);
    return engine.generate({ frames, prompt: 'caption en', options: { ...GREEDY, ...change } }, signal);
  };

  beforeAll(async () => {
    cacheDirectory = await mkdtemp(join(tmpdir(), 'engine-'));
    engine = await open();
  });

  afterAll(async () => {
    await engine.close();
    await rm(cacheDirectory, { recursive: true });
  });

  it('says what it loaded', () => {
    expect(engine.info).toEqual({
      directory: FOLDER,
      name: 'paligemma2-tiny-bf16',
      family: 'PaliGemma 2',
      precision: 'f32',
      provider: 'cpu',
      parameters: 459_456,
      imageSize: 56,
      tokensPerFrame: 16,
      cacheTokens: expect.any(Number) as number,
      maskDecoder: null,
    });
  });

  it.each<Sampling>([
    { kind: 'greedy' },
    { kind: 'sample', temperature: 1.5, topK: 40, topP: 0.9, seed: 7 },
    { kind: 'beam', beams: 3 },
  ])('streams the steps, then the same text as a whole: $kind', async (sampling) => {
    const { events, generation } = await collect(await ask({ sampling, maxNewTokens: 12 }));
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));
    expect(steps).toEqual(generation.steps);
    expect(steps.map(({ text }) => text).join('')).toBe(generation.text);
    expect(events.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(generation.stopped).toBe(generation.ids.length < steps.length ? 'eos' : 'limit');
  });

  it('writes the same text for the same seed, another for another', async () => {
    const write = async (seed: number) => {
      const sampling = { kind: 'sample', temperature: 1, topK: null, topP: null, seed } as const;
      return (await collect(await ask({ sampling }))).generation.ids;
    };
    expect(await write(1)).toEqual(await write(1));
    expect(await write(1)).not.toEqual(await write(2));
  });

  it('never writes an image or padding id, however flat the choice', async () => {
    const sampling = { kind: 'sample', temperature: 1e6, topK: null, topP: null, seed: 5 } as const;
    const ids: number[] = [];
    for (let seed = 0; seed < 8; seed++) {
      const { generation } = await collect(await ask({ sampling: { ...sampling, seed }, maxNewTokens: 100 }));
      ids.push(...generation.steps.map(({ id }) => id));
    }
    expect(Math.max(...ids)).toBeLessThan(IMAGE_TOKEN);
    expect(new Set(ids).size).toBeGreaterThan(150); // so the 20 ids behind would have been met
  });

  it('goes on with one beam as with its likeliest text, when eos is unlikely', async () => {
    const beam = await collect(await ask({ sampling: { kind: 'beam', beams: 1 }, maxNewTokens: 3 }));
    const greedy = await collect(await ask({ maxNewTokens: 3 }));
    const written = beam.generation.ids;
    expect(greedy.generation.ids.slice(0, written.length)).toEqual(written);
  });

  it('encodes a frame once for many questions', async () => {
    const fresh = await open();
    const frames = await readFrames(FOLDER, [0, 1, 2, 1]);
    for (const prompt of ['caption en', 'describe en']) {
      await collect(fresh.generate({ frames, prompt, options: { ...GREEDY, maxNewTokens: 2 } }));
    }
    expect(fresh.encodedFrames).toBe(3);
    await fresh.close();
  });

  it('answers two requests at once as it answers them one by one', async () => {
    const alone = [await collect(await ask({})), await collect(await ask({ maxNewTokens: 9 }))];
    const together = await Promise.all([collect(await ask({})), collect(await ask({ maxNewTokens: 9 }))]);
    expect(together.map(({ generation }) => generation.ids)).toEqual(
      alone.map(({ generation }) => generation.ids),
    );
  });

  it('stops soon after it is cancelled', async () => {
    const controller = new AbortController();
    const events: ModelEvent[] = [];
    const run = async () => {
      for await (const event of await ask({ maxNewTokens: 500 }, controller.signal)) {
        events.push(event);
        if (events.length === 3) controller.abort();
      }
    };
    await expect(run()).rejects.toBeInstanceOf(CancelledError);
    expect(events).toHaveLength(3);
    await expect(collect(await ask({}, AbortSignal.abort()))).rejects.toBeInstanceOf(CancelledError);
  });

  it.each([
    ['no_frames', { frames: [] }],
    ['sequence_too_long', { options: { ...GREEDY, maxNewTokens: 8192 } }],
    ['max_new_tokens_invalid', { options: { ...GREEDY, maxNewTokens: 0 } }],
    ['prompt_special_token', { prompt: 'what is <image>?' }],
    ['frame_size', { frames: [{ key: 'x', pixels: tensor(PIXEL_AXES, [1, 1, 3], new Uint8Array(3)) }] }],
  ])('refuses a request by %s', async (code, change) => {
    const frames = await readFrames(FOLDER, [0]);
    const request = { frames, prompt: 'caption en', options: GREEDY, ...change };
    const error: unknown = await collect(engine.generate(request)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PalistreamError);
    expect(error).toMatchObject({ code });
  });

  it('cancels what is being answered when it is closed', async () => {
    const closed = await open();
    const frames = await readFrames(FOLDER, [0]);
    const events = closed.generate({
      frames,
      prompt: 'caption en',
      options: { ...GREEDY, maxNewTokens: 500 },
    });
    const rest = async () => {
      for await (const event of events) if (event.kind === 'step') void closed.close();
    };
    await expect(rest()).rejects.toBeInstanceOf(CancelledError);
  });

  it('keeps nothing of a request that has ended', async () => {
    const any = vi.spyOn(AbortSignal, 'any'); // on Node 20 its sources remember each signal made of them
    onTestFinished(() => {
      any.mockRestore();
    });
    const { signal } = new AbortController();
    const nothing = { frames: [], prompt: 'caption en', options: GREEDY };
    for (let i = 0; i < 1000; i++) {
      await expect(collect(engine.generate(nothing, signal))).rejects.toMatchObject({ code: 'no_frames' });
    }
    await collect(await ask({ maxNewTokens: 2 }, signal));
    await expect(engine.decodeMasks([], signal)).rejects.toMatchObject({ code: 'no_mask_decoder' });
    expect(any).not.toHaveBeenCalled();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('refuses to answer after it is closed, and closes twice', async () => {
    const closed = await open();
    await closed.close();
    await closed.close();
    const frames = await readFrames(FOLDER, [0]);
    const asked = collect(closed.generate({ frames, prompt: 'caption en', options: GREEDY }));
    await expect(asked).rejects.toMatchObject({ code: 'model_closed' });
  });
});
