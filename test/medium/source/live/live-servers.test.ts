import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RequestError } from '../../../../src/shared/errors.js';
import type { LiveLimits } from '../../../../src/source/live/live-limits.js';
import type { LivePolicy } from '../../../../src/source/live/live-policy.js';
import type { LiveSource } from '../../../../src/source/live/live-source.js';
import { openTarget } from '../../../../src/source/live/open-target.js';
import { generate, makeFolder, tools } from '../lavfi.js';
import {
  freePort,
  hlsServer,
  mjpegServer,
  type Publisher,
  redirectServer,
  rtmpServer,
  rtspServer,
  textServer,
  udpSender,
} from './publishers.js';
import { isAlive, timesGrow, WatchedCamera } from './watched-camera.js';

const QUICK: Partial<LiveLimits> = { stallSeconds: 2, lostSeconds: 4, retrySeconds: [0.3, 0.6] };

let folder: string;
let remove: () => Promise<void>;
let camera: WatchedCamera | undefined;
const publishers: Publisher[] = [];
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
});
afterAll(() => remove());
afterEach(async () => {
  await camera?.release();
  const pids = [...(camera?.pids ?? [])];
  camera = undefined;
  for (const publisher of publishers.splice(0)) await publisher.stop();
  expect(pids.filter(isAlive), 'ffmpeg that were left behind').toEqual([]);
});

function watch(source: LiveSource): WatchedCamera {
  camera = new WatchedCamera(tools.ffmpeg, source, { framesPerSecond: 10, limits: QUICK });
  return camera;
}

function keep<P extends Publisher>(publisher: P): P {
  publishers.push(publisher);
  return publisher;
}

/** The frames of a run lie as far apart as ten a second do, within the jitter of a busy machine. */
function expectPace(watched: WatchedCamera): void {
  const times = watched.frames.map((frame) => frame.timestampSeconds);
  const seconds = (times.at(-1) ?? 0) - (times[0] ?? 0);
  expect(timesGrow(watched.frames)).toBe(true);
  expect(seconds / (times.length - 1)).toBeGreaterThan(0.05);
  expect(seconds / (times.length - 1)).toBeLessThan(0.25);
}

/** The camera dies and comes back: the stream says so, and its times go on. */
async function expectReturn(
  watched: WatchedCamera,
  server: Publisher,
  again: () => Promise<Publisher>,
): Promise<void> {
  await watched.more(5);
  const retrying = watched.next('retrying');
  await server.stop();
  await retrying;
  const live = watched.next('live');
  keep(await again());
  await live;
  await watched.more(3);
  expect(timesGrow(watched.frames)).toBe(true);
  expect(watched.frames.at(-1)?.run).toBeGreaterThan(1);
  const last = watched.frames.at(-1);
  expect(Math.abs((last?.timestampSeconds ?? 0) - watched.camera.nowSeconds)).toBeLessThan(3);
  expect(watched.pool.processes).toBe(1);
}

const rtsp = await rtspServer();
await rtsp?.stop();
if (rtsp === null) {
  console.warn(
    '\n*** NO RTSP SERVER: the tests with RTSP cameras are SKIPPED. Install gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly ***\n',
  );
}

describe.skipIf(rtsp === null)('an RTSP camera', () => {
  const open = async (port?: number) => {
    const server = await rtspServer(port);
    if (server === null) throw new Error('the RTSP server does not start any more');
    return server;
  };

  it.each(['tcp', 'udp'] as const)('is read over %s', async (rtspTransport) => {
    const { url } = keep(await open());
    const watched = watch({ url, rtspTransport });
    await watched.more(15);
    expectPace(watched);
    expect(watched.states).toEqual(['connecting', 'live']);
    expect(watched.camera.pictureSize).toEqual({ width: 320, height: 240 });
  });

  it('dies and comes back', async () => {
    const server = keep(await open());
    const watched = watch({ url: server.url });
    await expectReturn(watched, server, () => open(server.port));
  });
});

describe('other live sources', () => {
  it('reads RTMP, and again after its publisher died', async () => {
    const server = keep(await rtmpServer());
    const watched = watch({ url: server.url });
    await expectReturn(watched, server, () => rtmpServer(server.port));
  });

  it('reads an HLS playlist at the pace it is shown', async () => {
    const { url } = keep(await hlsServer(folder));
    const watched = watch({ url });
    await watched.more(20);
    expectPace(watched);
  });

  it('reads MJPEG by the time it comes, with a password it does not tell', async () => {
    const server = keep(await mjpegServer());
    const watched = watch({ url: server.url });
    await watched.more(10);
    expectPace(watched);
    await expectReturn(watched, server, () => mjpegServer(server.port));
    expect(JSON.stringify(watched.statuses)).not.toMatch(/hunter2|admin/);
  });

  it('says that a password is wrong', async () => {
    const server = keep(await mjpegServer());
    const watched = watch({ url: server.url.replace('hunter2', 'hunter3'), maxAttempts: 1 });
    expect(await watched.next('failed')).toMatchObject({ code: 'stream_unauthorized' });
    expect(JSON.stringify(watched.statuses)).not.toMatch(/hunter3|admin/);
  });

  it('reads MPEG-TS over UDP', async () => {
    const { url } = keep(await udpSender());
    const watched = watch({ url });
    await watched.more(10);
    expectPace(watched);
  });

  it('reads a file again and again, with times that go on', async () => {
    const file = await generate(join(folder, 'loop.mp4'), '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=10:d=1');
    const watched = watch({ url: pathToFileURL(file).href });
    await watched.more(25);
    expectPace(watched);
    expect(watched.states).toEqual(['connecting', 'live']);
  });

  it('ends with a file that is not to be looped', async () => {
    const file = await generate(join(folder, 'once.mp4'), '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=10:d=1');
    const watched = watch({ url: pathToFileURL(file).href, loop: false });
    expect(await watched.next('ended')).toMatchObject({ reason: 'the file is over' });
    expect(watched.frames).toHaveLength(10);
  });

  it('reads a Motion JPEG file, but no photo', async () => {
    const open = async (name: string, frames: number) => {
      const path = join(folder, name);
      const film = ['-f', 'lavfi', '-i', 'testsrc2=s=640x480:r=10', '-frames:v', String(frames)];
      // Its first frame fills what ffmpeg looks at.
      await generate(path, ...film, '-c:v', 'mjpeg', '-q:v', '1', '-f', 'mjpeg');
      const source = { url: pathToFileURL(path).href, loop: false };
      camera = new WatchedCamera(tools.ffmpeg, source, { target: await openTarget(source, () => undefined) });
      return camera;
    };
    const watched = await open('film.mjpeg', 10);
    expect(await watched.next('ended')).toMatchObject({ reason: 'the file is over' });
    expect(watched.frames.length).toBeGreaterThanOrEqual(3); // at 25 a second
    await watched.release();
    expect(await (await open('photo.jpg', 1)).next('failed')).toMatchObject({ code: 'stream_url_refused' });
  });

  it.each(['mp4', 'ts'])(
    'goes on with a %s file that is not to be looped when more frames are needed, also at its end',
    async (format) => {
      const film = join(folder, `needed.${format}`);
      // Each frame is as bright as it is late; one key frame.
      const gray = "geq=lum='16+N*4':cb=128:cr=128";
      await generate(film, '-f', 'lavfi', '-i', 'color=s=64x48:r=10:d=4', '-vf', gray, '-g', '100');
      const watched = watch({ url: pathToFileURL(film).href, loop: false });
      const levels = () => watched.frames.map(({ pixels }) => pixels.data[0] ?? 0);
      await watched.more(20);
      watched.camera.need(watched, 15);
      await watched.more(10);
      watched.camera.need(watched, 30);
      await watched.until(() => (levels().at(-1) ?? 0) > (levels()[0] ?? 0) + 175);
      watched.camera.need(watched, 60);
      expect(await watched.next('ended')).toMatchObject({ reason: 'the file is over' });
      const steps = levels()
        .slice(1)
        .map((level, i) => level - (levels()[i] ?? 0));
      expect(Math.min(...steps)).toBeGreaterThan(-3); // where it went on, the frame it gave last
      expect(Math.max(...steps)).toBeLessThan(8); // none is left out
      expect(watched.frames.length).toBeGreaterThanOrEqual(40);
    },
  );

  it('does not let a playlist read files of this machine', async () => {
    const secret = await generate(join(folder, 'secret.ts'), '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=10:d=1');
    for (const address of [
      `file://${secret}`,
      secret,
      `concat:${secret}`,
      `subfile,,start,0,end,0,,:${secret}`,
    ]) {
      const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${address}\n#EXT-X-ENDLIST\n`;
      const { url } = keep(await textServer('application/vnd.apple.mpegurl', playlist));
      const watched = watch({ url, maxAttempts: 1 });
      await watched.next('failed');
      expect(watched.frames, address).toEqual([]);
      await watched.release();
    }
  });

  it('asks the policy about every host a playlist or a redirect leads to, and connects to no other', async () => {
    const asked: string[] = [];
    const policy: LivePolicy = (place) => {
      if (place.kind !== 'network') return;
      asked.push(place.host);
      if (place.host !== '127.0.0.1')
        throw new RequestError('stream_url_refused', `${place.host} is refused`);
    };
    const playlist =
      '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://169.254.169.254/a.ts\n#EXT-X-ENDLIST\n';
    const playlists = keep(await textServer('application/vnd.apple.mpegurl', playlist));
    const redirects = keep(await redirectServer('http://169.254.169.254/latest/'));
    for (const source of [{ url: playlists.url }, { url: redirects.url, format: 'mjpeg' }] as const) {
      asked.length = 0;
      camera = new WatchedCamera(tools.ffmpeg, source, { limits: QUICK, policy });
      expect(await camera.next('failed')).toMatchObject({
        code: 'stream_url_refused',
        reason: expect.stringContaining('169.254.169.254 is refused') as string,
      });
      expect(asked).toEqual(['127.0.0.1', '169.254.169.254']);
      await camera.release();
    }
  });

  it('says through its gate too that nothing answers', async () => {
    const watched = watch({ url: `http://127.0.0.1:${await freePort()}/video`, maxAttempts: 1 });
    expect(await watched.next('failed')).toMatchObject({ code: 'stream_unreachable' });
  });

  it('does not take a playlist or a description of files for a camera', async () => {
    const secret = join(folder, 'secret.ts');
    await writeFile(secret, 'x');
    const { url } = keep(await textServer('text/plain', `ffconcat version 1.0\nfile ${secret}\n`));
    const watched = watch({ url, format: 'mjpeg', maxAttempts: 1 });
    await watched.next('failed');
    expect(watched.frames).toEqual([]);
  });
});
