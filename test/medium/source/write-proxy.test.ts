import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { isPlayable } from '../../../src/delivery/videos/is-playable.js';
import { inspectVideo } from '../../../src/pipeline/video/inspect-video.js';
import { childRegistry } from '../../../src/source/child-registry.js';
import { writeProxy } from '../../../src/source/write-proxy.js';
import { gather, generate, levelOf, makeFolder, openFrames, tools } from './lavfi.js';
import { slowIndex } from './slow-index.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
});
afterAll(() => remove());

const sound = ['-f', 'lavfi', '-i', 'sine=d=2'];

it('makes a video browsers play of one they do not, frame for frame, with its sound', async () => {
  // Each frame is 10 levels brighter than the one before; MPEG-TS begins at more than a second.
  const path = await generate(
    join(folder, 'gray.ts'),
    ...['-f', 'lavfi', '-i', 'color=black:s=32x24:r=10', ...sound],
    ...['-vf', `format=gbrp,geq=r='N*10':g='N*10':b='N*10',scale=1296:972`, '-frames:v', '20'],
    ...['-c:v', 'mpeg2video', '-q:v', '2', '-c:a', 'mp2'],
  );
  const facts = await inspectVideo(path, tools);
  expect(isPlayable(facts)).toBe(false);
  const output = join(folder, 'gray.part');
  const shares: number[] = [];
  await writeProxy(path, { tools, output, maxBytes: 1e6, onProgress: (share) => shares.push(share) });
  const made = await inspectVideo(output, tools);
  expect(made).toMatchObject({ codec: 'h264', widthPixels: 1280, heightPixels: 960, audioCodec: 'aac' });
  expect(isPlayable(made)).toBe(true);
  const before = await gather(openFrames(path, { size: 32 }));
  const after = await gather(openFrames(output, { size: 32 }));
  expect(after).toHaveLength(before.length);
  for (const [i, frame] of after.entries()) {
    const was = before[i];
    expect(Math.abs(frame.timestampSeconds - (was?.timestampSeconds ?? 9))).toBeLessThan(0.051);
    expect(Math.abs(levelOf(frame) - (was === undefined ? 999 : levelOf(was)))).toBeLessThan(6);
  }
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
});

it('takes no more bytes than it may', async () => {
  const noise = ['-f', 'lavfi', '-i', 'nullsrc=s=320x240:r=25:d=4', '-vf', 'geq=random(1)*255:128:128'];
  const path = await generate(join(folder, 'noise.avi'), ...noise, '-c:v', 'mpeg4', '-q:v', '5');
  const writing = writeProxy(path, { tools, output: join(folder, 'noise.part'), maxBytes: 100_000 });
  await expect(writing).rejects.toMatchObject({ code: 'proxy_too_large' });
});

it('ends its ffmpeg when it is told to', async () => {
  const path = await generate(
    join(folder, 'long.avi'),
    '-f',
    'lavfi',
    '-i',
    'testsrc=s=640x480:d=20',
    '-c:v',
    'mpeg4',
  );
  const controller = new AbortController();
  const output = join(folder, 'long.part');
  const writing = writeProxy(path, { tools, output, maxBytes: 1e8, signal: controller.signal });
  setTimeout(() => {
    controller.abort();
  }, 500);
  await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
});

it('is written by another ffmpeg when one is killed', async () => {
  const video = ['-f', 'lavfi', '-i', 'testsrc=s=640x480:d=10', '-c:v', 'mpeg4'];
  const path = await generate(join(folder, 'killed.avi'), ...video);
  const output = join(folder, 'killed.part');
  const writing = writeProxy(path, { tools, output, maxBytes: 1e8 });
  await vi.waitFor(
    () => {
      expect(statSync(output, { throwIfNoEntry: false })?.isFile()).toBe(true);
    },
    { timeout: 20_000, interval: 10 },
  );
  for (const pid of childRegistry.pids) process.kill(pid, 'SIGKILL');
  await writing;
  expect((await inspectVideo(output, tools)).durationSeconds).toBeCloseTo(10, 0);
});

it('waits for an index that takes long to move to the front', async () => {
  const video = ['-f', 'lavfi', '-i', 'testsrc=s=64x48:d=1', '-c:v', 'mpeg4'];
  const path = await generate(join(folder, 'indexed.avi'), ...video);
  const output = join(folder, 'indexed.part');
  const slow = await slowIndex(folder, 6);
  await writeProxy(path, { tools: slow, output, maxBytes: 1e6, stallTimeoutMs: 2000 });
  expect((await inspectVideo(output, tools)).durationSeconds).toBeCloseTo(1, 1);
});

it('says which file it cannot write anew', async () => {
  const path = await generate(
    join(folder, 'ok.avi'),
    '-f',
    'lavfi',
    '-i',
    'testsrc=s=64x48:d=1',
    '-c:v',
    'mpeg4',
  );
  const output = join(folder, 'nowhere', 'ok.part');
  await expect(writeProxy(path, { tools, output, maxBytes: 1e6 })).rejects.toMatchObject({
    code: 'video_unreadable',
  });
  expect(existsSync(output)).toBe(false);
});
