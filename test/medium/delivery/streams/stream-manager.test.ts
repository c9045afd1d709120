import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameKeeper } from '../../../../src/delivery/frames/frame-keeper.js';
import { TopicHub } from '../../../../src/delivery/live/topic-hub.js';
import { StreamManager } from '../../../../src/delivery/streams/stream-manager.js';
import { streamPlanBody } from '../../../../src/delivery/streams/stream-plan-body.js';
import type { StreamEngine } from '../../../../src/pipeline/stream-engine.js';
import { openStore } from '../../../../src/store/sqlite/open-store.js';
import { scriptedEngine } from '../../../fixtures/delivery/scripted-engine.js';

const SOURCE = { url: 'rtsp://cam/door' };
const PLAN = streamPlanBody.parse({ tasks: [{ task: 'caption', lang: 'en' }] });

let folder = '';
let store: ReturnType<typeof openStore>;
let engine: ReturnType<typeof scriptedEngine>;
let open: () => void;

/** A manager whose model is not open yet. */
function manage(): StreamManager {
  const opened = new Promise<StreamEngine>((resolve) => {
    open = () => {
      resolve(engine);
    };
  });
  const onFailure = (error: unknown): void => {
    throw error;
  };
  const hub = new TopicHub(store.events);
  const frames = new FrameKeeper({ frames: store.frames, onFailure });
  return new StreamManager({
    ...{ store, hub, frames, onFailure, engine: () => opened, defaultFrames: 8, maxStreams: 2 },
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'streams-'));
  store = openStore(join(folder, 'palistream.db'), { framesBytes: 1e6 });
  engine = scriptedEngine();
  const stored = { createdMs: 1, name: 'door', source: SOURCE, shownUrl: 'rtsp://cam/door', plan: PLAN };
  await store.streams.put({ ...stored, id: 'door', isRunning: true });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('while the model opens after a start', () => {
  it('a stream that is resumed meanwhile is begun once', async () => {
    const streams = manage();
    const started = streams.start();
    const resumed = [streams.resume('door'), streams.resume('door')];
    open();
    await Promise.all([started, ...resumed]);
    expect(engine.started).toHaveLength(1);
    expect(streams.live('door')).toBe(engine.started[0]);
  });

  it('a stream that is deleted meanwhile is not begun', async () => {
    const streams = manage();
    const started = streams.start();
    await streams.remove('door');
    open();
    await started;
    expect(engine.started).toEqual([]);
    await expect(streams.get('door')).rejects.toMatchObject({ code: 'stream_not_found' });
  });

  it('a stream that is stopped meanwhile stays so, though it was to be resumed before', async () => {
    const streams = manage();
    const started = streams.start();
    const resumed = streams.resume('door');
    await streams.stop('door');
    open();
    expect((await resumed).isRunning).toBe(false);
    await started;
    expect(engine.started).toEqual([]);
  });

  it('a stream gets the plan that it is given meanwhile', async () => {
    const streams = manage();
    const started = streams.start();
    await streams.update('door', { ...PLAN, max_new_tokens: 7 });
    open();
    await started;
    expect(engine.started.map(({ plan }) => plan.options.maxNewTokens)).toEqual([7]);
  });

  it('an id that two ask for is given to one, and no more streams than there may be are made', async () => {
    const streams = manage();
    const create = (id: string) => streams.create('yard', SOURCE, PLAN, id).then(() => 'made');
    const code = (error: unknown) => (error as { code: string }).code;
    const asked = [create('yard').catch(code), create('gate').catch(code)];
    open();
    expect(await Promise.all(asked)).toEqual(['made', 'too_many_streams']);
    await streams.remove('door');
    const again = [create('gate').catch(code), create('gate').catch(code)];
    expect((await Promise.all(again)).sort()).toEqual(['made', 'too_many_streams']);
    expect(engine.started).toHaveLength(2);
  });
});

it('keeps a stream stopped that cannot be resumed', async () => {
  const streams = manage();
  open();
  await store.streams.put({
    ...(await streams.get('door')),
    isRunning: false,
    source: { url: 'rtsp://refused/x' },
  });
  await expect(streams.resume('door')).rejects.toMatchObject({ code: 'stream_url_refused' });
  expect((await streams.get('door')).isRunning).toBe(false);
});

it('stops a stream again that cannot be kept, and makes it when there is room', async () => {
  const streams = manage();
  open();
  vi.spyOn(store.streams, 'put').mockRejectedValueOnce(new Error('the disk is full'));
  await expect(streams.create('yard', SOURCE, PLAN, 'yard')).rejects.toThrow('the disk is full');
  expect(engine.started.map(({ hasStopped }) => hasStopped)).toEqual([true]);
  expect(streams.live('yard')).toBeNull();
  await streams.create('yard', SOURCE, PLAN, 'yard');
  expect(streams.live('yard')).toBe(engine.started[1]);
});

describe('a new plan', () => {
  const PLAN_7 = { ...PLAN, max_new_tokens: 7 };

  it('that cannot be is refused, also of a stream that does not run', async () => {
    const streams = manage();
    await streams.stop('door');
    const bad = { ...PLAN, overlap_seconds: PLAN.window_seconds };
    await expect(streams.update('door', bad)).rejects.toMatchObject({ code: 'bad_stream_plan' });
    expect((await streams.get('door')).plan).toEqual(PLAN);
  });

  it('goes to a stream that runs once it is kept', async () => {
    const streams = manage();
    open();
    await streams.start();
    vi.spyOn(store.streams, 'put').mockRejectedValueOnce(new Error('the disk is full'));
    await expect(streams.update('door', PLAN_7)).rejects.toThrow('the disk is full');
    expect(engine.started[0]?.plans).toHaveLength(1);
    await streams.update('door', PLAN_7);
    expect(engine.started[0]?.plan.options.maxNewTokens).toBe(7);
  });
});
