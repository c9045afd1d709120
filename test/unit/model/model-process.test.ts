import { getEventListeners } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Model, ModelEvent } from '../../../src/model/model.js';
import { openModelProcess, type ModelProcessOptions } from '../../../src/model/model-process.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';

const ENGINE = new URL('../../fixtures/model/scripted-engine.ts', import.meta.url).href;
const opened: Model[] = [];
const directory = mkdtempSync(join(tmpdir(), 'model-process-'));

async function open(over: Partial<ModelProcessOptions> = {}) {
  const model = await openModelProcess({
    directory: 'anywhere',
    cacheDirectory: 'nowhere',
    threads: 1,
    precision: 'f32',
    imageTokenCacheBytes: 1,
    engine: ENGINE,
    graceMs: 100,
    ...over,
  });
  opened.push(model);
  return model;
}

function request(prompt: string) {
  const pixels = tensor(
    PIXEL_AXES,
    [2, 2, 3],
    Uint8Array.from({ length: 12 }, (_, i) => 40 + i),
  );
  const options = { sampling: { kind: 'greedy' }, maxNewTokens: 8, topLogprobs: 0 } as const;
  return { frames: [{ key: 'a', pixels }], prompt, options };
}

async function all(events: AsyncIterable<ModelEvent>): Promise<string[]> {
  const seen: string[] = [];
  for await (const event of events) {
    seen.push(event.kind === 'step' ? event.step.text.trim() : `= ${event.generation.text}`);
  }
  return seen;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((model) => model.close()));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

it.runIf(process.platform === 'linux')('gives the process its environment', async () => {
  const model = await open({ environment: { ...process.env, GLIBC_TUNABLES: 'glibc.malloc.check=0' } });
  const environment = readFileSync(`/proc/${String(model.info.parameters)}/environ`, 'utf8').split('\0');
  expect(environment).toContain('GLIBC_TUNABLES=glibc.malloc.check=0');
});

it('streams the steps and the whole answer of a model in another process', async () => {
  const warnings: string[] = [];
  const model = await open({ onWarning: (message) => warnings.push(message) });
  expect(model.info.name).toBe('scripted');
  expect(model.info.parameters).not.toBe(process.pid);
  expect(await all(model.generate(request('a cow runs')))).toEqual(['a', 'cow', 'runs', '= a cow runs']);
  expect(warnings).toEqual(['a warning of the engine']);
});

it('carries the pixels over as they are', async () => {
  const model = await open();
  expect(await all(model.generate(request('frames')))).toContain('a=40');
});

it('answers several requests in the order they came', async () => {
  const model = await open();
  const order: string[] = [];
  await Promise.all(
    ['one', 'two', 'three'].map((word) => all(model.generate(request(word))).then(() => order.push(word))),
  );
  expect(order).toEqual(['one', 'two', 'three']);
});

it('answers the next request though nobody takes the answer of the one before', async () => {
  const model = await open();
  const idle = model.generate(request('slow reader'))[Symbol.asyncIterator]();
  await idle.next();
  expect(await all(model.generate(request('next')))).toEqual(['next', '= next']);
});

it.each([
  ['as many requests as fit together', {}, 2],
  ['fewer where the memory has no room for their tokens', { directory: 'tight' }, 1],
  ['as many as it is told', { directory: 'tight', queueLimits: { maxRunningTokens: 40 } }, 2],
])('runs %s', async (_, over, together) => {
  const model = await open(over);
  const controller = new AbortController();
  const waiting = [1, 2].map(() => all(model.generate(request('wait'), controller.signal)));
  expect(model.stats.queue.running).toBe(together);
  controller.abort();
  await Promise.allSettled(waiting);
});

it('forks a dead process anew and tells nothing twice', async () => {
  const model = await open();
  const marker = join(directory, 'died');
  const prompt = `a die-once:${marker} b`;
  expect(await all(model.generate(request(prompt)))).toEqual(['a', `die-once:${marker}`, 'b', `= ${prompt}`]);
});

it.each(['differ', 'end'])('does not splice two answers when the second %ss', async (how) => {
  const model = await open();
  const marker = join(directory, how);
  const seen: string[] = [];
  const answer = async () => {
    for await (const event of model.generate(request(`a ${how}-with:${marker} b die-once:${marker} c`))) {
      seen.push(event.kind);
    }
  };
  await expect(answer()).rejects.toMatchObject({ name: 'RetryableError', code: 'model_process_died' });
  expect(seen).toEqual(['step', 'step', 'step']);
  expect(await all(model.generate(request('next')))).toEqual(['next', '= next']);
});

it('gives up a request that kills the process twice, and serves the next', async () => {
  const model = await open();
  await expect(all(model.generate(request('x die')))).rejects.toMatchObject({
    name: 'ModelChildDied',
    code: 'model_process_died',
    message: /SIGKILL.*terminate called/,
  });
  expect(await all(model.generate(request('still here')))).toContain('= still here');
});

it('cancels between two tokens and keeps the process', async () => {
  const model = await open();
  const controller = new AbortController();
  const events = model.generate(request('a wait'), controller.signal)[Symbol.asyncIterator]();
  await events.next();
  controller.abort();
  await expect(events.next()).rejects.toMatchObject({ code: 'cancelled' });
  expect(await all(model.generate(request('next')))).toContain('= next');
});

it('cancels a request that is still waiting', async () => {
  const model = await open();
  const first = new AbortController();
  const second = new AbortController();
  const running = all(model.generate(request('wait'), first.signal));
  const waiting = all(model.generate(request('never'), second.signal));
  second.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  first.abort();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});

it("makes nothing of the caller's signal that stays with it", async () => {
  const model = await open();
  const { signal } = new AbortController();
  const any = vi.spyOn(AbortSignal, 'any'); // on Node 20 its sources remember each signal made of them
  onTestFinished(() => {
    any.mockRestore();
  });
  expect(await all(model.generate(request('word'), signal))).toEqual(['word', '= word']);
  await model.decodeMasks([[1]], signal);
  expect(any.mock.calls.flatMap(([sources]) => [...sources])).not.toContain(signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('stops the work when the consumer breaks off', async () => {
  const model = await open();
  for await (const event of model.generate(request('a wait'))) {
    expect(event.kind).toBe('step');
    break;
  }
  expect(await all(model.generate(request('next')))).toContain('= next');
});

it('has masks decoded by the model of the other process', async () => {
  const model = await open();
  const { axes, dims, data } = await model.decodeMasks([
    [1, 2],
    [3, 4],
  ]);
  expect({ axes, dims, data }).toEqual({
    axes: ['mask', 'row', 'column'],
    dims: [2, 1, 1],
    data: Float32Array.of(3, 7),
  });
  await expect(model.decodeMasks([])).rejects.toMatchObject({
    name: 'RequestError',
    code: 'no_mask_decoder',
  });
  await expect(model.decodeMasks([[999]])).rejects.toMatchObject({ code: 'model_process_died' });
  expect((await model.decodeMasks([[5]])).data[0]).toBe(5);
});

it('decodes masks beside what runs, whatever waits, and takes them back at once', async () => {
  const model = await open({ queueLimits: { maxBatch: 1, maxWaiting: 1 } });
  const first = new AbortController();
  const second = new AbortController();
  const question = { ...request('wait'), priority: 'question' } as const;
  const asked = Promise.allSettled([1, 2].map(() => all(model.generate(question, first.signal))));
  expect(model.stats.queue).toMatchObject({ running: 1, waiting: { question: 1 } });
  expect((await model.decodeMasks([[1]])).data).toEqual(Float32Array.of(1));
  const masks = model.decodeMasks([[1]], second.signal);
  second.abort();
  await expect(masks).rejects.toMatchObject({ code: 'cancelled' });
  first.abort();
  expect(await asked).toMatchObject([1, 2].map(() => ({ reason: { code: 'cancelled' } })));
  await model.close();
  await expect(model.decodeMasks([[1]])).rejects.toMatchObject({ code: 'model_process_closed' });
});

it('keeps class and code of the errors of the other side', async () => {
  const model = await open();
  await expect(all(model.generate(request('refuse')))).rejects.toMatchObject({
    name: 'RequestError',
    code: 'too_many_frames',
  });
  await expect(all(model.generate(request('stumble')))).rejects.toMatchObject({
    name: 'BugError',
    code: 'model_failed',
    message: /x is not a function/,
  });
});

it('fails to open with the error of the engine, and leaves no process', async () => {
  await expect(open({ directory: 'damaged' })).rejects.toMatchObject({
    name: 'CheckpointError',
    code: 'checkpoint_damaged',
  });
  await expect(open({ directory: 'dies' })).rejects.toMatchObject({
    code: 'model_process_died',
    message: /exit code 7/,
  });
});

it('opens with another process when the first dies meanwhile', async () => {
  const model = await open({ directory: `dies-once:${join(directory, 'opening')}` });
  expect(model.stats.process.restarts).toBe(1);
  expect(await all(model.generate(request('a')))).toEqual(['a', '= a']);
});

it('takes an opening back at once', async () => {
  const controller = new AbortController();
  const opening = open({ directory: 'never', signal: controller.signal });
  controller.abort();
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
});

it('kills a process that is in the midst of a matrix product when it is closed', async () => {
  const model = await open();
  const pid = model.info.parameters;
  const events = model.generate(request('block'))[Symbol.asyncIterator]();
  await events.next();
  const next = expect(events.next()).rejects.toMatchObject({ code: 'model_process_closed' });
  await model.close();
  expect(isRunning(pid)).toBe(false);
  await next;
  expect(existsSync(`/proc/${String(pid)}`)).toBe(false);
});

it('refuses what comes after the close', async () => {
  const model = await open();
  await model.close();
  await expect(all(model.generate(request('late')))).rejects.toMatchObject({ code: 'model_process_closed' });
});
