import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keepFrameTimes } from '../../../../src/source/keep-frame-times.js';
import { liveFilters } from '../../../../src/source/live/live-filters.js';
import type { LivePicture } from '../../../../src/source/live/live-picture.js';
import type { LiveSource } from '../../../../src/source/live/live-source.js';
import { generate, makeFolder, tools } from '../lavfi.js';
import { rtspServer } from './publishers.js';
import { WatchedCamera } from './watched-camera.js';

let folder: string;
let remove: () => Promise<void>;
let watched: WatchedCamera | undefined;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
});
afterAll(() => remove());
afterEach(() => watched?.release());

function watch(source: LiveSource, framesPerSecond: number) {
  watched = new WatchedCamera(tools.ffmpeg, source, { framesPerSecond });
  const { camera } = watched;
  const pictures: LivePicture[] = [];
  camera.pictures.listen((picture) => pictures.push(picture));
  return { camera, pictures, watched };
}

describe('the pictures of a live source', () => {
  it('come ten a second from the ffmpeg that gives the frames, with one of each frame', async () => {
    const path = await generate(join(folder, 'a.mp4'), '-f', 'lavfi', '-i', 'testsrc=s=1280x720:r=25:d=3');
    const { camera, pictures, watched } = watch({ url: pathToFileURL(path).href, loop: false }, 5);
    await watched.next('ended');
    expect(watched.pids.size).toBe(1);
    expect(watched.frames).toHaveLength(15);
    const times = new Set(pictures.map(({ sourceSeconds }) => sourceSeconds));
    for (const { sourceSeconds } of watched.frames) expect(times).toContain(sourceSeconds);
    expect(times.size).toBe(pictures.length);
    // 25 a second are thinned to every third, and every fifth is a frame's.
    expect(pictures.length).toBeGreaterThanOrEqual(30);
    expect(pictures.length).toBeLessThanOrEqual(45);
    expect(
      pictures.every(({ widthPixels, heightPixels, data }) => {
        return widthPixels === 640 && heightPixels === 360 && data.length === 640 * 360 * 3;
      }),
    ).toBe(true);
    expect(camera.pictureSize).toEqual({ width: 1280, height: 720 });
  });

  it('change nothing of the frames: they are those of an ffmpeg that gives no pictures', async () => {
    const path = await generate(join(folder, 'b.mp4'), '-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=10:d=2');
    const alone = join(folder, 'alone.raw');
    await promisify(execFile)(tools.ffmpeg.path, [
      ...['-v', 'error', '-i', path, '-filter:v', liveFilters(32, 10), ...keepFrameTimes(tools.ffmpeg)],
      ...['-f', 'rawvideo', alone],
    ]);
    const { watched } = watch({ url: pathToFileURL(path).href, loop: false }, 10);
    await watched.next('ended');
    const frames = Buffer.concat(watched.frames.map(({ pixels }) => pixels.data));
    expect(watched.frames).toHaveLength(20);
    expect(frames.equals(await readFile(alone))).toBe(true);
  });

  it('have the shape that is displayed: upright, small ones as they are, oblong pixels as squares', async () => {
    const shapes: number[][] = [];
    for (const [name, size, more] of [
      ['tall', '720x1280', []],
      ['small', '64x48', []],
      ['oblong', '704x576', ['-vf', 'setsar=16/11']],
    ] as const) {
      const path = join(folder, `${name}.mp4`);
      await generate(path, '-f', 'lavfi', '-i', `testsrc=s=${size}:r=5:d=1`, ...more);
      const { pictures, watched } = watch({ url: pathToFileURL(path).href, loop: false }, 5);
      await watched.next('ended');
      const [first] = pictures;
      shapes.push([first?.widthPixels ?? 0, first?.heightPixels ?? 0]);
    }
    expect(shapes).toEqual([
      [360, 640],
      [64, 48],
      [640, 360],
    ]);
  });
});

const rtsp = await rtspServer();
await rtsp?.stop();
it.skipIf(rtsp === null)('come from an RTSP camera over the one connection it has', async () => {
  const server = await rtspServer();
  if (server === null) throw new Error('the RTSP server does not start any more');
  try {
    const { pictures, watched } = watch({ url: server.url }, 5);
    await watched.until(() => pictures.length >= 20 && watched.frames.length >= 8);
    expect(pictures[0]).toMatchObject({ widthPixels: 320, heightPixels: 240 });
    expect(watched.pool.processes).toBe(1);
    const times = new Set(pictures.map(({ sourceSeconds }) => sourceSeconds));
    const early = watched.frames.slice(0, 5).map(({ sourceSeconds }) => sourceSeconds);
    expect(early.filter((seconds) => !times.has(seconds))).toEqual([]);
  } finally {
    await server.stop();
  }
});
