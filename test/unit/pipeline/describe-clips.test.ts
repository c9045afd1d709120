import { describe, expect, it } from 'vitest';
import type { Model, ModelEvent, ModelRequest } from '../../../src/model/model.js';
import { consume } from '../../../src/pipeline/consume.js';
import { describeClips } from '../../../src/pipeline/describe-clips.js';
import type { PipelineEvent } from '../../../src/pipeline/events.js';
import { RequestError, RetryableError } from '../../../src/shared/errors.js';
import type { Clip } from '../../../src/shared/frame.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';

const OPTIONS = { sampling: { kind: 'greedy' }, maxNewTokens: 4, topLogprobs: 0 } as const;
const CAPTION = { kind: 'caption', prompt: 'caption en' } as const;
const ANSWER = { kind: 'answer', prompt: 'answer en how many cows?', question: 'how many cows?' } as const;

function clip(index: number): Clip {
  const pixels = tensor(PIXEL_AXES, [1, 1, 3], new Uint8Array(3));
  const frames = [0, 1].map((i) => ({
    key: `${index}.${i}`,
    index: i,
    timestampSeconds: index + i / 2,
    pixels,
  }));
  return { index, frames, startSeconds: index, endSeconds: index + 1 };
}

/** Three clips; `log` tells how far the source was read and whether it was closed. */
function clips(count = 3) {
  const log = { read: 0, closed: false };
  async function* open() {
    try {
      for (let i = 0; i < count; i++) {
        log.read++;
        yield await Promise.resolve(clip(i));
      }
    } finally {
      log.closed = true;
    }
  }
  return { open, log };
}

/** Says each prompt back, word by word; `onRequest` may throw or wait. */
function fakeModel(onRequest: (request: ModelRequest, nth: number) => unknown = () => undefined): Model {
  let requests = 0;
  return {
    info: {
      directory: '/m',
      name: 'fake',
      family: 'PaliGemma',
      precision: 'f32',
      parameters: 1,
      imageSize: 1,
      tokensPerFrame: 1,
      maskDecoder: null,
    },
    decodeMasks: () => Promise.reject(new Error('no masks are asked for here')),
    async *generate(request: ModelRequest): AsyncGenerator<ModelEvent> {
      await onRequest(request, requests++);
      const steps = ['yes', ', ', request.prompt, ''].map((text, id) => ({
        id,
        text,
        logprob: -1,
        topIds: [],
        topLogprobs: [],
      }));
      for (const step of steps) yield { kind: 'step', step };
      const text = steps.map((step) => step.text).join('');
      const timing = { encodeMs: 5, prefillMs: 3, decodeMs: 2 };
      const generation = {
        ids: [0, 1, 2],
        text,
        steps,
        stopped: 'eos',
        promptIds: [2],
        imageTokens: 2,
        timing,
      } as const;
      yield { kind: 'done', generation };
    },
    close: () => Promise.resolve(),
  };
}

async function collect(over: Partial<Parameters<typeof describeClips>[0]>) {
  const events: PipelineEvent[] = [];
  let clock = 1000;
  const now = () => (clock += 20);
  const { open } = clips();
  const all = describeClips({
    open,
    total: () => 3,
    model: fakeModel(),
    questions: [CAPTION],
    options: OPTIONS,
    now,
    ...over,
  });
  await consume(all, (event) => events.push(event));
  return events;
}

describe('describeClips', () => {
  it('tells partial texts, the caption and the progress of every clip in order', async () => {
    const events = await collect({});
    const perClip = ['caption.partial', 'caption.partial', 'caption.partial', 'caption', 'progress'];
    expect(events.map((event) => event.kind)).toEqual(['state', ...perClip, ...perClip, ...perClip, 'state']);
    expect(events[3]).toMatchObject({ delta: 'caption en', text: 'yes, caption en', clip: 0 });
    expect(events[5]).toEqual({ kind: 'progress', done: 1, total: 3, atSeconds: 1 });
  });

  it('says of every result how old it is and what it was made of', async () => {
    const events = await collect({});
    const caption = events.filter((event) => event.kind === 'caption')[1];
    expect(caption).toMatchObject({
      clip: 1,
      startSeconds: 1,
      endSeconds: 2,
      text: 'yes, caption en',
      stopped: 'eos',
      provenance: { model: 'fake', precision: 'f32', prompt: 'caption en', frameSeconds: [1, 1.5] },
      timing: { encodeMs: 5, prefillMs: 3, decodeMs: 2 },
    });
    const timing = caption?.timing;
    expect(timing?.totalMs).toBeGreaterThan(0);
    expect(timing?.queueMs).toBe((timing?.totalMs ?? 0) - 10);
  });

  it('asks several questions about the same frames', async () => {
    const frames: string[][] = [];
    const model = fakeModel((request) => frames.push(request.frames.map((frame) => frame.key)));
    const events = await collect({ model, questions: [CAPTION, ANSWER] });
    expect(frames.slice(0, 2)).toEqual([
      ['0.0', '0.1'],
      ['0.0', '0.1'],
    ]);
    expect(events.find((event) => event.kind === 'answer')).toMatchObject({
      question: 'how many cows?',
      text: 'yes, answer en how many cows?',
    });
  });

  it('decodes the next clip while the model works, and no further', async () => {
    const { open, log } = clips(5);
    const read: number[] = [];
    const model = fakeModel(async () => {
      for (let i = 0; i < 50; i++) await Promise.resolve();
      read.push(log.read);
    });
    await collect({ open, model, total: () => 5 });
    expect(read).toEqual([2, 3, 4, 5, 5]);
  });

  it('makes an event of what one clip did to the model, and goes on', async () => {
    const model = fakeModel((_, nth) => {
      if (nth === 1) throw new RetryableError('model_process_died', 'the model process died: try again');
    });
    const events = await collect({ model });
    const kinds = events.map((event) => event.kind).filter((kind) => kind !== 'caption.partial');
    expect(kinds).toEqual([
      'state',
      'caption',
      'progress',
      'error',
      'progress',
      'caption',
      'progress',
      'state',
    ]);
    expect(events.find((event) => event.kind === 'error')).toMatchObject({
      clip: 1,
      code: 'model_process_died',
    });
  });

  it('ends at an error that every clip would meet, and closes the source', async () => {
    const { open, log } = clips();
    const model = fakeModel(() => {
      throw new RequestError('prompt_too_long', 'the prompt is too long: shorten it');
    });
    await expect(collect({ open, model })).rejects.toMatchObject({ code: 'prompt_too_long' });
    expect(log.closed).toBe(true);
  });

  it('closes the source when it is cancelled amid an answer', async () => {
    const { open, log } = clips();
    const controller = new AbortController();
    const model = fakeModel(() => new Promise(() => undefined));
    const all = describeClips({ open, total: () => 3, model, questions: [CAPTION], options: OPTIONS });
    const done = consume(all, () => undefined, controller.signal);
    for (let i = 0; i < 50; i++) await Promise.resolve();
    controller.abort();
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
    for (let i = 0; i < 50; i++) await Promise.resolve();
    expect(log.closed).toBe(true);
  });

  it('ends when the one who listens throws', async () => {
    const { open, log } = clips();
    const all = describeClips({
      open,
      total: () => 3,
      model: fakeModel(),
      questions: [CAPTION],
      options: OPTIONS,
    });
    const done = consume(all, (event) => {
      if (event.kind === 'caption') throw new Error('the disk is full');
    });
    await expect(done).rejects.toThrow('the disk is full');
    for (let i = 0; i < 50; i++) await Promise.resolve();
    expect(log.closed).toBe(true);
  });
});
