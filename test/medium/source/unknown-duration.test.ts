import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openClips } from '../../../src/clip/open-clips.js';
import { inspectVideo } from '../../../src/pipeline/video/inspect-video.js';
import { probeVideo } from '../../../src/source/probe-video.js';
import { gather, generate, grays, makeFolder, tools } from './lavfi.js';

const PLAN = { kind: 'even', frames: 2 } as const;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
});
afterAll(() => remove());

/** A recording of four seconds that was never closed: it does not say how long it takes. */
const openEnded = (name: string): Promise<string> =>
  generate(join(folder, name), ...grays(40, { rate: 10 }), '-live', '1', '-f', 'matroska');

it('is measured of a video that does not tell', async () => {
  const path = await openEnded('measured.mkv');
  expect((await probeVideo(path, tools)).durationSeconds).toBe(0);
  const { durationSeconds } = await inspectVideo(path, tools, { maxSeconds: 4 });
  expect(durationSeconds).toBeCloseTo(4, 1);
});

it('is held to the limit while it is read, when the video is looked at and when it is worked on', async () => {
  const path = await openEnded('endless.mkv');
  await expect(inspectVideo(path, tools, { maxSeconds: 3 })).rejects.toMatchObject({
    code: 'video_duration',
    message: 'the video takes more than the 3 s that are allowed: cut it into parts',
  });
  const clips = (maxSeconds: number) => gather(openClips(path, { tools, size: 8, plan: PLAN, maxSeconds }));
  await expect(clips(3)).rejects.toMatchObject({ code: 'video_duration' });
  expect(await clips(4)).toHaveLength(1);
});

it('is nothing of a stream without times, which cannot be read and is told why', async () => {
  const path = await generate(join(folder, 'raw.h264'), ...grays(40, { rate: 10 }), '-f', 'h264');
  expect((await inspectVideo(path, tools, { maxSeconds: 1 })).durationSeconds).toBe(0);
  const reading = gather(openClips(path, { tools, size: 8, plan: PLAN, maxSeconds: 1 }));
  await expect(reading).rejects.toMatchObject({
    code: 'video_unreadable',
    message: expect.stringContaining('does not say when its frames are shown') as string,
  });
});
