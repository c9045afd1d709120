import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Model, ModelEvent, ModelRequest } from '../../../src/model/model.js';
import { openStreamEngine } from '../../../src/pipeline/open-stream-engine.js';
import type { LiveStream, StreamEngine } from '../../../src/pipeline/stream-engine.js';
import type { StreamEvent } from '../../../src/pipeline/stream-events.js';
import type { FfmpegProgram } from '../../../src/source/ffmpeg-program.js';
import { allowListed } from '../../../src/source/live/allow-listed.js';
import { FakeModel } from '../../unit/pipeline/fake-model.js';
import { streamPlan } from '../../unit/pipeline/stream-plan.js';
import { makeFolder } from '../source/lavfi.js';

const PROGRAM: FfmpegProgram = {
  path: resolve('test/fixtures/source/fake-ffmpeg.mjs'),
  ...{ origin: 'setting', version: '9.9', year: 2026, advice: undefined },
};
const URL_OF_CAMERA = 'rtsp://admin:hunter2@cam.example/x';
const QUICK = streamPlan({ windowSeconds: 0.4 });
const QUESTION = { kind: 'answer', lang: 'en', question: 'who?' } as const;
const PATIENCE_MS = 12_000;

/** Answers everything after 20 ms with the prompt's last word. */
class PromptModel extends FakeModel {
  override async *generate(request: ModelRequest): AsyncGenerator<ModelEvent> {
    this.requests.push(request);
    await new Promise((done) => setTimeout(done, 20));
    const text = request.prompt.split(' ').at(-1) ?? '';
    const step = { id: 1, text, logprob: 0, topIds: [], topLogprobs: [] };
    const timing = { encodeMs: 1, prefillMs: 2, decodeMs: 3 };
    const steps = [step];
    yield { kind: 'step', step };
    yield {
      kind: 'done',
      generation: { ids: [1], text, steps, stopped: 'eos', promptIds: [], imageTokens: 1, timing },
    };
  }
}

let folder: string;
let remove: () => Promise<void>;
let engine: StreamEngine;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  process.env['FAKE_FFMPEG_DIR'] = folder;
});
afterAll(() => remove());
beforeEach(async () => {
  await writeFile(join(folder, 'log'), '');
  await writeFile(join(folder, 'mode'), 'film');
});
afterEach(async () => {
  await engine.close();
  expect(engine.processes).toBe(0);
  expect(engine.streams.size).toBe(0);
});

function open(model: Model = new PromptModel()): StreamEngine {
  engine = openStreamEngine({
    model,
    tools: { ffmpeg: PROGRAM, ffprobe: PROGRAM },
    policy: allowListed(['cam.example']),
    limits: { retrySeconds: [0.1], goodbyeMs: 300 },
  });
  return engine;
}

/** Resolves with what a stream has told when something was told; fails when it is not in time. */
function until(stream: LiveStream, isIt: (event: StreamEvent) => boolean): Promise<StreamEvent[]> {
  return new Promise((done, reject) => {
    const told: StreamEvent[] = [];
    const late = setTimeout(() => {
      reject(new Error(`it did not come: ${told.map(({ kind }) => kind).join(' ')}`));
    }, PATIENCE_MS);
    const subscription = stream.events$.subscribe((event) => {
      told.push(event);
      if (!isIt(event)) return;
      clearTimeout(late);
      queueMicrotask(() => {
        subscription.unsubscribe();
      });
      done(told);
    });
  });
}

const begun = async () =>
  (await readFile(join(folder, 'log'), 'utf8')).split('\n').filter((line) => line.startsWith('begin')).length;

describe.skipIf(process.platform === 'win32')('the stream engine', () => {
  it('refuses what the policy does not allow, before anything runs', async () => {
    open();
    for (const url of ['rtsp://169.254.169.254/x', 'http://127.0.0.1/x', 'file:///etc/passwd']) {
      await expect(engine.start(url, QUICK)).rejects.toMatchObject({ code: 'stream_url_refused' });
    }
    await expect(engine.start('gopher://cam.example/', QUICK)).rejects.toMatchObject({
      code: 'bad_stream_url',
    });
    await expect(engine.start(URL_OF_CAMERA, streamPlan({ windowSeconds: -1 }))).rejects.toMatchObject({
      code: 'bad_stream_plan',
    });
    expect(await begun()).toBe(0);
  });

  it('tells whoever subscribes at once everything from the first state on', async () => {
    const stream = await open().start(URL_OF_CAMERA, QUICK);
    const told = await until(stream, ({ kind }) => kind === 'caption');
    expect(told.slice(0, 2).map((event) => (event.kind === 'state' ? event.state : event.kind))).toEqual([
      'connecting',
      'live',
    ]);
    expect(JSON.stringify(told) + stream.shownUrl).not.toMatch(/hunter2|admin/);
  });

  it('runs one ffmpeg for many plans, subscribers and questions, until the last has stopped', async () => {
    const model = new PromptModel();
    open(model);
    const streams = await Promise.all(
      ['caption', 'cap', 'describe'].map((kind) =>
        engine.start(URL_OF_CAMERA, { ...QUICK, tasks: [{ kind: kind as 'cap', lang: 'en' }] }),
      ),
    );
    await Promise.all(
      streams.flatMap((stream) => [0, 1].map(() => until(stream, ({ kind }) => kind === 'caption'))),
    );
    const [first, ...others] = streams;
    const answers = await new Promise<string[]>((done, reject) => {
      const texts: string[] = [];
      first?.ask(QUESTION).subscribe({
        next: (event) => texts.push(`${event.kind} ${event.text}`),
        error: reject,
        complete: () => {
          done(texts);
        },
      });
    });
    expect(answers).toEqual(['answer.partial who?', 'answer who?']);
    expect(await begun()).toBe(1);
    expect(engine.processes).toBe(1);
    await first?.stop();
    expect(engine.processes).toBe(1);
    await Promise.all(others.map((stream) => stream.stop()));
    expect(engine.processes).toBe(0);
  });

  it('opens a source anew after it was stopped', async () => {
    open();
    const first = await engine.start(URL_OF_CAMERA, QUICK);
    await until(first, ({ kind }) => kind === 'caption');
    void first.stop();
    const second = await engine.start(URL_OF_CAMERA, QUICK);
    const [event] = await until(second, ({ kind }) => kind === 'caption');
    expect(event).toMatchObject({ kind: 'state', state: 'connecting' });
    expect(await begun()).toBe(2);
  });

  it('starts nothing once it is closed', async () => {
    open();
    await engine.close();
    await expect(engine.start(URL_OF_CAMERA, QUICK)).rejects.toMatchObject({ code: 'stream_engine_closed' });
  });
});
