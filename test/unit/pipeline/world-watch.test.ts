import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Model, ModelEvent, ModelRequest } from '../../../src/model/model.js';
import { readWorld, type World } from '../../../src/pipeline/world.js';
import { watchWorld } from '../../../src/pipeline/world-watch.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';
import { MASK_AXES } from '../../../src/tasks/decoded-masks.js';

const WORLD: World = {
  note: 'n',
  prompt: 'caption en',
  maxNewTokens: 8,
  thresholds: [
    { frames: 8, meanLogprob: -0.5 },
    { frames: 1, meanLogprob: -1 },
  ],
};
const directory = mkdtempSync(join(tmpdir(), 'world-'));

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A model whose captions have these log-probabilities, one after the other; it notes what it was asked. */
function captioner(logprobs: readonly number[]) {
  const asked: string[] = [];
  let captions = 0;
  const model: Model = {
    info: {
      directory: '',
      name: 'm',
      family: 'PaliGemma',
      precision: 'f32',
      parameters: 1,
      imageSize: 1,
      tokensPerFrame: 1,
      maskDecoder: null,
    },
    decodeMasks: () => Promise.resolve(tensor(MASK_AXES, [0, 64, 64], new Float32Array())),
    close: () => Promise.resolve(),
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous, this answer is known
    async *generate({ prompt, frames }: ModelRequest): AsyncGenerator<ModelEvent> {
      asked.push(prompt);
      const logprob = prompt === 'caption en' ? (logprobs[captions++] ?? 0) : -9;
      const step = { id: 1, text: 'x', logprob, topIds: [], topLogprobs: [] };
      yield { kind: 'step', step };
      const timing = { encodeMs: 0, prefillMs: 0, decodeMs: 0 };
      const whole = { ids: [1], text: 'x', steps: [step], stopped: 'eos', promptIds: [], timing } as const;
      yield { kind: 'done', generation: { ...whole, imageTokens: frames.length } };
    },
  };
  return { model, asked };
}

async function watch(
  logprobs: readonly number[],
  request: { prompt?: string; frames?: number; temperature?: number } = {},
) {
  const { model, asked } = captioner(logprobs);
  const told: number[] = [];
  const events: string[] = [];
  const watched = watchWorld(model, WORLD, () => {
    told.push(asked.length);
    events.push('note');
  });
  const pixels = tensor(PIXEL_AXES, [1, 1, 3], new Uint8Array(3));
  const frames = Array.from({ length: request.frames ?? 1 }, (_, i) => ({ key: String(i), pixels }));
  const { prompt = 'caption en' } = request;
  for (let i = 0; i < logprobs.length; i++) {
    const options = { sampling: { kind: 'greedy' }, maxNewTokens: 8, topLogprobs: 0 } as const;
    for await (const event of watched.generate({ frames, prompt, options })) events.push(event.kind);
  }
  return { asked, told, events };
}

describe('watchWorld', () => {
  it('tells once, before the answer ends', async () => {
    const { told, events } = await watch([-2, -2, -2]);
    expect(told).toEqual([1]);
    expect(events).toEqual(['step', 'note', 'done', 'step', 'done', 'step', 'done']);
  });

  it('does not tell of a video the model is sure of, nor after the first clips', async () => {
    expect((await watch([-0.9, -0.9, -0.9, -2])).told).toEqual([]);
    expect((await watch([-0.9, -0.9, -2])).told).toEqual([3]);
  });

  it('takes the threshold for as many frames', async () => {
    expect((await watch([-0.7], { frames: 8 })).told).toEqual([1]);
    expect((await watch([-0.7], { frames: 4 })).told).toEqual([]);
  });

  it('asks for a caption beside another question, and only of the first clips', async () => {
    const { told, asked } = await watch([-0.1, -0.1, -0.1, -0.1], { prompt: 'detect cow' });
    expect(told).toEqual([]);
    expect(asked.filter((prompt) => prompt === 'caption en').length).toBe(3);
    expect((await watch([-2], { prompt: 'detect cow' })).told).toEqual([2]);
  });
});

describe('readWorld', () => {
  it('reads the bundled one, and none where there is none', async () => {
    expect((await readWorld('models/nano'))?.prompt).toBe('caption en');
    expect(await readWorld(directory)).toBeNull();
  });

  it.each([
    ['no JSON', '{'],
    ['a note of control characters', JSON.stringify({ ...WORLD, note: '\u001b[2J' })],
    ['no threshold', JSON.stringify({ ...WORLD, thresholds: [] })],
    ['a file of megabytes', ' '.repeat(1 << 20)],
  ])('refuses %s', async (_, text) => {
    writeFileSync(join(directory, 'world.json'), text);
    await expect(readWorld(directory)).rejects.toMatchObject({ code: 'checkpoint_world' });
    rmSync(join(directory, 'world.json'));
  });
});
