import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { mjpegServer } from '../../medium/source/live/publishers.js';
import { type FollowedMessage, Follower } from '../../soak/follower.js';
import { watchSource } from '../../soak/http.js';
import { Served, type ServedProcess } from '../../soak/served.js';
import { runCli } from '../cli/start-cli.js';
import { call } from './http-calls.js';

const folder = mkdtempSync(join(tmpdir(), 'night-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const PLAN = { frames: 2, window_seconds: 0.5, max_new_tokens: 4 };
const PATIENCE_MS = 120_000;
const isCaption = ({ event }: FollowedMessage): boolean => event?.['kind'] === 'caption';

describe.skipIf(process.platform !== 'linux')('at night', () => {
  it(
    'an ffmpeg and a model process that hang are told and replaced, and a second server is refused',
    { timeout: 400_000 },
    async () => {
      const cameras = [await mjpegServer(), await mjpegServer()] as const;
      const server = await Served.start({ data: folder, env: { PALISTREAM_STALL_SECONDS: '3' } });
      const pidOf = (wanted: ServedProcess['role']): number =>
        server.processes().find(({ role }) => role === wanted)?.pid ?? 0;
      const follow = async (url: string): Promise<Follower> =>
        new Follower(() => server.url, await watchSource(server.url, url, PLAN));
      const hanging = await follow(cameras[0].url);
      const followers = [hanging];
      try {
        await next(hanging, 'a caption', isCaption);
        const ffmpeg = pidOf('ffmpeg');
        const steady = await follow(cameras[1].url);
        followers.push(steady);
        await next(steady, 'a caption', isCaption);

        // All at once, as each takes its time to be found out.
        await Promise.all([
          refusesSecond(),
          replacesFfmpeg(hanging, ffmpeg),
          replacesModel(server, steady, pidOf('model')),
        ]);
        expect(server.processes().map(({ pid }) => pid)).not.toContain(ffmpeg);
      } finally {
        for (const follower of followers) follower.close();
        await server.stop(); // fails when a process of it is left
        for (const camera of cameras) await camera.stop();
      }
    },
  );
});

/** Resolves when a message that fits has come after this moment. */
function next(follower: Follower, what: string, fits: (message: FollowedMessage) => boolean): Promise<void> {
  const from = follower.kept.length;
  return follower.until(what, ({ kept }) => kept.slice(from).some(fits), PATIENCE_MS);
}

async function refusesSecond(): Promise<void> {
  const second = await runCli(['serve', '--port', '0'], {
    env: { PALISTREAM_DATA_DIR: `${folder}/data`, PALISTREAM_CACHE_DIR: `${folder}/cache` },
  });
  expect(second).toMatchObject({ code: 2, stdout: '' });
  // The log, in JSON, may say before it that the model is ready.
  const lines = second.stderr.trimEnd().split('\n');
  expect(lines.filter((line) => !line.startsWith('{'))).toEqual([
    expect.stringMatching(/^palistream: .*in use by another server: end that one/),
  ]);
}

async function replacesModel(server: Served, follower: Follower, model: number): Promise<void> {
  process.kill(model, 'SIGSTOP');
  await vi.waitFor(
    async () => {
      const { status, text } = await call(`${server.url}/health/ready`);
      expect([status, text]).toEqual([503, expect.stringContaining('restarting')]);
    },
    { timeout: PATIENCE_MS, interval: 20 },
  );
  await next(follower, 'a caption by another model process', isCaption);
  expect(server.processes().map(({ pid }) => pid)).not.toContain(model);
}

async function replacesFfmpeg(follower: Follower, ffmpeg: number): Promise<void> {
  process.kill(ffmpeg, 'SIGSTOP');
  const states = ['stalled', 'retrying', 'live'].map((state) =>
    next(follower, state, ({ event }) => event?.['kind'] === 'state' && event['state'] === state),
  );
  await Promise.all(states);
  await next(follower, 'a caption by another ffmpeg', isCaption);
  const told = follower.kept.flatMap(({ event }) => (event?.['kind'] === 'state' ? [event] : []));
  expect(told.find(({ state }) => state === 'stalled')).toMatchObject({
    code: 'stream_stalled',
    reason: 'no picture came for 5 s',
  });
  expect(told.find(({ state }) => state === 'retrying')).toMatchObject({
    code: 'stream_stalled',
    reason: 'no picture came for 15 s',
  });
}
