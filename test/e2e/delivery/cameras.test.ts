import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  hlsServer,
  mjpegServer,
  type Publisher,
  rtmpServer,
  rtspServer,
} from '../../medium/source/live/publishers.js';
import { type FollowedMessage, Follower } from '../../soak/follower.js';
import { askServer, watchSource } from '../../soak/http.js';
import { Served } from '../../soak/served.js';

type Camera = Publisher & { readonly port: number };

const folder = mkdtempSync(join(tmpdir(), 'cameras-'));
const hls = join(folder, 'hls');
mkdirSync(hls);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const rtsp = await rtspServer();
await rtsp?.stop();
if (rtsp === null) {
  console.warn(
    '\n*** NO RTSP SERVER: the RTSP camera of the whole server is SKIPPED, see .ci/run for its packages ***\n',
  );
}

const openRtsp = async (port?: number): Promise<Camera> => {
  const server = await rtspServer(port);
  if (server === null) throw new Error('the RTSP server does not start any more');
  return server;
};

/** Each starts a camera, at the same address when it is given a port. */
const CAMERAS: Readonly<Record<string, (port?: number) => Promise<Camera>>> = {
  ...(rtsp === null ? {} : { RTSP: openRtsp }),
  RTMP: rtmpServer,
  HLS: (port) => hlsServer(hls, port),
  MJPEG: mjpegServer,
};

const PLAN = { frames: 2, window_seconds: 0.5, max_new_tokens: 4 };
const PATIENCE_MS = 150_000;

const stateOf = ({ event }: FollowedMessage): unknown =>
  event?.['kind'] === 'state' ? event['state'] : null;
const isCaption = ({ event }: FollowedMessage): boolean => event?.['kind'] === 'caption';

it(
  `captions live cameras (${Object.keys(CAMERAS).join(', ')}), and goes on when they die and come back`,
  { timeout: 400_000 },
  async () => {
    const server = await Served.start({ data: folder });
    const open: Camera[] = [];
    const followers: Follower[] = [];
    try {
      await Promise.all(
        Object.values(CAMERAS).map(async (start) => {
          let camera = await start();
          open.push(camera);
          const topic = await watchSource(server.url, camera.url, PLAN);
          const follower = new Follower(() => server.url, topic);
          followers.push(follower);
          await follower.until('a caption', ({ kept }) => kept.some(isCaption), PATIENCE_MS);

          const before = follower.kept.length;
          const later = (fits: (message: FollowedMessage) => boolean) => (): boolean =>
            follower.kept.slice(before).some(fits);
          await camera.stop();
          await follower.until(
            'retrying',
            later((message) => stateOf(message) === 'retrying'),
            PATIENCE_MS,
          );
          camera = await start(camera.port);
          open.push(camera);
          const isBack = later((message) => stateOf(message) === 'live');
          await follower.until('live', isBack, PATIENCE_MS);
          const live = follower.kept.findLastIndex((message) => stateOf(message) === 'live');
          await follower.until(
            'a caption after it came back',
            ({ kept }) => kept.slice(live).some(isCaption),
            PATIENCE_MS,
          );
          const { state } = await askServer(`${server.url}/v1/${topic}`);
          expect(state).toMatchObject({ state: 'live' });
        }),
      );
      const ffmpegs = server.processes().filter(({ role }) => role === 'ffmpeg');
      expect(ffmpegs).toHaveLength(followers.length);
      for (const { kept } of followers) {
        expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, i) => i + 1));
        const captions = kept.flatMap(({ event }) => (event?.['kind'] === 'caption' ? [event] : []));
        for (const [i, caption] of captions.entries()) {
          expect(caption['timing_ms']).toMatchObject({ total: expect.any(Number) as number });
          expect(Date.parse(String(caption['published_at']))).toBeGreaterThanOrEqual(
            Date.parse(String(caption['captured_at'])),
          );
          const seconds = caption['frame_seconds'] as number[];
          const last = captions[i - 1]?.['frame_seconds'] as number[] | undefined;
          const all = [...(last ?? []).slice(-1), ...seconds];
          expect(all, 'the times grow').toEqual(all.toSorted((a, b) => a - b));
        }
      }
      const told = JSON.stringify(followers.map(({ kept }) => kept));
      expect(told).not.toMatch(/hunter2|admin/);
    } finally {
      for (const follower of followers) follower.close();
      const stderr = await server.stop(); // fails when a process of it is left
      for (const camera of open) await camera.stop();
      expect(stderr).toBe('');
    }
  },
);
