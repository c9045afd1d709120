import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FfmpegProgram } from '../../../../src/source/ffmpeg-program.js';
import type { LiveLimits } from '../../../../src/source/live/live-limits.js';
import { parseLiveUrl } from '../../../../src/source/live/parse-live-url.js';
import { makeFolder } from '../lavfi.js';
import { isAlive, timesGrow, WatchedCamera } from './watched-camera.js';

const PROGRAM: FfmpegProgram = {
  path: resolve('test/fixtures/source/fake-ffmpeg.mjs'),
  ...{ origin: 'setting', version: '9.9', year: 2026, advice: undefined },
};
const URL_OF_CAMERA = 'rtsp://admin:hunter2@cam/x';
/** Many times what lies between two pictures, as a busy machine may keep one back. */
const QUICK: Partial<LiveLimits> = {
  ...{ stallSeconds: 2, lostSeconds: 4, connectSeconds: 10 },
  ...{ retrySeconds: [0.1, 0.2], steadySeconds: 0.5, goodbyeMs: 300 },
};

let folder: string;
let remove: () => Promise<void>;
let camera: WatchedCamera;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  process.env['FAKE_FFMPEG_DIR'] = folder;
});
afterAll(() => remove());
beforeEach(() => writeFile(join(folder, 'log'), ''));
afterEach(() => camera.release());

const set = (mode: string) => writeFile(join(folder, 'mode'), mode);
const open = (options = {}) =>
  new WatchedCamera(PROGRAM, { url: URL_OF_CAMERA, ...options }, { limits: QUICK });

/** Which processes began and ended. */
async function processes() {
  const lines = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n');
  const of = (what: string) =>
    lines.filter((line) => line.startsWith(what)).map((line) => Number(line.split(' ')[1]));
  return { begun: of('begin'), ended: of('end') };
}

describe.skipIf(process.platform === 'win32')('a live source and its ffmpeg', () => {
  it('goes live with one process, and ends it in peace', async () => {
    await set('film');
    camera = open();
    await camera.more(3);
    expect(camera.states).toEqual(['connecting', 'live']);
    expect(camera.camera.pictureSize).toEqual({ width: 640, height: 360 });
    await camera.until(() => camera.camera.pictures.newest !== null);
    expect(camera.camera.pictures.newest).toMatchObject({ widthPixels: 8, heightPixels: 6 });
    await camera.release();
    const { begun, ended } = await processes();
    expect(begun).toHaveLength(1);
    expect(ended).toEqual(begun);
    expect(camera.states.at(-1)).toBe('ended');
  });

  it('shares one process among all who ask', async () => {
    await set('film');
    camera = open();
    const others = Array.from({ length: 5 }, () =>
      camera.pool.take(parseLiveUrl({ url: URL_OF_CAMERA }), null),
    );
    for (const other of others) other.start();
    await camera.more(3);
    expect(camera.pool.processes).toBe(1);
    expect((await processes()).begun).toHaveLength(1);
    await Promise.all(others.map((other) => other.release()));
    expect(camera.pool.processes).toBe(1);
  });

  it('tries again while nothing answers, and says why without the password', async () => {
    await set('refuse');
    camera = open();
    await camera.until(() => camera.states.filter((state) => state === 'retrying').length === 3);
    const retries = camera.statuses.filter(({ state }) => state === 'retrying');
    expect(retries.map(({ code, retryInSeconds }) => [code, retryInSeconds])).toEqual([
      ['stream_unreachable', 0.1],
      ['stream_unreachable', 0.2],
      ['stream_unreachable', 0.2],
    ]);
    expect(JSON.stringify(camera.statuses)).not.toMatch(/hunter2|admin/);
    await set('film');
    await camera.next('live');
  });

  it('comes back after its ffmpeg died, with times that go on', async () => {
    await set('film');
    camera = open();
    await camera.more(5);
    const [first = 0] = camera.pids;
    process.kill(first, 'SIGKILL');
    await camera.next('retrying');
    await camera.next('live');
    await camera.more(3);
    expect(camera.statuses.map(({ state, code }) => (code === null ? state : `${state} ${code}`))).toEqual([
      ...['connecting', 'live', 'retrying stream_lost', 'connecting', 'live'],
    ]);
    expect(timesGrow(camera.frames)).toBe(true);
    expect(new Set(camera.frames.map(({ run }) => run)).size).toBe(2);
    expect(isAlive(first)).toBe(false);
  });

  it('notices a source that freezes: stalled, then given up and opened again', async () => {
    await set('film');
    camera = open();
    await camera.more(3);
    await set('freeze');
    await camera.next('retrying');
    await set('film');
    await camera.next('live');
    expect(camera.states).toEqual(['connecting', 'live', 'stalled', 'retrying', 'connecting', 'live']);
    const { begun, ended } = await processes();
    expect(begun).toHaveLength(2);
    expect(ended).toEqual(begun.slice(0, 1));
  });

  it('opens a source again whose pictures come without their times', async () => {
    await set('film');
    camera = open();
    await camera.more(1);
    await set('mute');
    expect(await camera.next('retrying')).toMatchObject({ code: 'stream_unreadable' });
    await set('film');
    await camera.next('live');
    const { begun, ended } = await processes();
    expect(ended).toEqual(begun.slice(0, 1));
  });

  it('fails after the attempts it may have', async () => {
    await set('refuse');
    camera = open({ maxAttempts: 2 });
    const { reason, code } = await camera.next('failed');
    expect(code).toBe('stream_unreachable');
    expect(reason).toContain('after 2 attempts');
    expect((await processes()).begun).toHaveLength(2);
  });

  it('kills an ffmpeg that does not end when it is asked to', async () => {
    await set('deaf');
    camera = open();
    await camera.more(1);
    const [pid = 0] = camera.pids;
    await camera.release();
    expect(isAlive(pid)).toBe(false);
  });
});
