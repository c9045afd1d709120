import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { EngineSettings } from '../../../src/model/engine-module.js';
import { forkEntry } from '../../../src/model/fork-entry.js';
import type { ModelEvent } from '../../../src/model/model.js';
import { ModelProcess } from '../../../src/model/model-process.js';
import type { FromModelProcess, ToModelProcess } from '../../../src/model/process-messages.js';
import { PULSE_FD } from '../../../src/model/pulse-line.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';

const ENGINE = new URL('../../fixtures/model/scripted-engine.ts', import.meta.url).href;
const directory = mkdtempSync(join(tmpdir(), 'model-hang-'));
let model: ModelProcess;

const SETTINGS: EngineSettings = {
  directory: 'anywhere',
  cacheDirectory: 'nowhere',
  threads: 1,
  precision: 'f32',
  imageTokenCacheBytes: 1,
};

function request(prompt: string) {
  const pixels = tensor(PIXEL_AXES, [2, 2, 3], new Uint8Array(12));
  const options = { sampling: { kind: 'greedy' }, maxNewTokens: 8, topLogprobs: 0 } as const;
  return { frames: [{ key: 'a', pixels }], prompt, options };
}

const ask = (prompt: string) => all(model.generate(request(prompt)));

async function all(events: AsyncIterable<ModelEvent>): Promise<string> {
  const seen: string[] = [];
  for await (const event of events) seen.push(event.kind === 'step' ? event.step.text.trim() : '.');
  return seen.join(' ');
}

beforeEach(async () => {
  model = new ModelProcess({
    ...SETTINGS,
    engine: ENGINE,
    graceMs: 100,
    stallLimits: { stallSeconds: 4, runLimitSeconds: 8 },
  });
  await model.opened();
});

afterEach(() => model.close());

afterAll(() => {
  rmSync(directory, { recursive: true });
});

it('kills a process that hangs, and costs its requests one retry and nothing else', async () => {
  const marker = join(directory, 'hung');
  const answers = await Promise.all([ask(`a deadlock-once:${marker} b`), ask('a quiet word')]);
  expect(answers).toEqual([`a deadlock-once:${marker} b .`, 'a quiet word .']);
  expect(model.stats.process).toMatchObject({ state: 'ready', restarts: 1, hangs: 1 });
  expect(model.stats.queue).toMatchObject({ finished: 2, failed: 0 });
});

it('gives up a request that hangs twice, says why, and spares what ran beside it', async () => {
  const hanging = expect(ask('a deadlock')).rejects.toMatchObject({
    code: 'model_process_died',
    message: /killed: it did nothing for 4 s/,
  });
  const beside = ask('still answered');
  await hanging;
  expect(await beside).toBe('still answered .');
  expect(model.stats.process.hangs).toBe(2);
});

it('ends a process that hangs when its parent is gone', async () => {
  const orphan = forkEntry(ENGINE);
  onTestFinished(() => void orphan.kill('SIGKILL'));
  const gone = once(orphan, 'exit');
  const send = (message: ToModelProcess) => orphan.send(message);
  const hangs = new Promise((resolve) => {
    orphan.on('message', ({ kind }: FromModelProcess) => {
      if (kind === 'ready') send({ kind: 'generate', id: 1, request: request('block') });
      if (kind === 'event') resolve(kind);
    });
  });
  send({ kind: 'open', settings: SETTINGS });
  await hangs;
  orphan.disconnect();
  orphan.stdio[PULSE_FD]?.destroy();
  expect(await gone).toEqual([null, 'SIGKILL']);
});

it('kills a process that is stopped as a whole', async () => {
  await expect(ask('freeze a')).rejects.toMatchObject({ message: /no sign of life for 4 s/ });
});

it('kills a computation that never ends, but none that only takes long', async () => {
  await expect(ask('a block')).rejects.toMatchObject({ message: /one computation took over 8 s/ });
});

it('waits for a search that says nothing for long while the decoder runs', async () => {
  expect(await ask('a search:12')).toBe('a search:12 .');
  expect(model.stats.process).toMatchObject({ restarts: 0, hangs: 0 });
});

it('kills a process that turns while nothing comes of its requests', async () => {
  await expect(ask('a wait')).rejects.toMatchObject({ message: /nothing came of a request for 8 s/ });
});

it('tells the memory of the process', async () => {
  expect(await ask('a')).toBe('a .');
  await expect.poll(() => model.stats.process.residentBytes ?? 0).toBeGreaterThan(10_000_000);
});
