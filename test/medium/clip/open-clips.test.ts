import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenOptions, type OpenedVideo, openClips } from '../../../src/clip/open-clips.js';
import type { SamplingPlan } from '../../../src/clip/sampling-plan.js';
import { childRegistry } from '../../../src/source/child-registry.js';
import { gather, generate, grays, levelOf, makeFolder, tools } from '../source/lavfi.js';

const SIZE = 8;
let folder: string;
let remove: () => Promise<void>;
/** 100 frames, 10 a second; the n-th has gray level 2n. */
let video: string;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  video = await generate(join(folder, 'grays.mp4'), ...grays(100, { step: 2 }), '-g', '12');
});
afterAll(() => remove());

/** The numbers of the frames of every clip, told by their gray. */
async function clipsOf(
  path: string,
  plan: SamplingPlan,
  more: Partial<OpenOptions> = {},
): Promise<number[][]> {
  const clips = await gather(openClips(path, { tools, size: SIZE, plan, ...more }));
  expect(clips.map((clip) => clip.index)).toEqual([...clips.keys()]);
  return clips.map((clip) => clip.frames.map((frame) => Math.round(levelOf(frame) / 2)));
}

describe('the clips of a file', () => {
  it('hold the frames that an even plan names', async () => {
    const [frames, ...others] = await clipsOf(video, { kind: 'even', frames: 16 });
    expect(others).toEqual([]);
    expect(frames).toEqual(Array.from({ length: 16 }, (_, i) => Math.floor((i * 100) / 16)));
  });

  it('repeat a short video from its first frame on', async () => {
    const path = await generate(join(folder, 'short.mp4'), ...grays(3, { step: 2 }));
    expect(await clipsOf(path, { kind: 'even', frames: 8 })).toEqual([[0, 1, 2, 0, 1, 2, 0, 1]]);
    expect(await clipsOf(path, { kind: 'stride', frames: 4, stride: 2 })).toEqual([[0, 2, 0, 2]]);
  });

  it('hold the frames that a stride names', async () => {
    expect(await clipsOf(video, { kind: 'stride', frames: 8, stride: 9 })).toEqual([
      [0, 9, 18, 27, 36, 45, 54, 63],
    ]);
  });

  it('hold the frame on screen every S seconds', async () => {
    expect((await clipsOf(video, { kind: 'every', seconds: 0.75 })).flat()).toEqual([
      0, 7, 15, 22, 30, 37, 45, 52, 60, 67, 75, 82, 90, 97,
    ]);
  });

  it('overlap where windows do, and the last is filled up', async () => {
    const plan = { kind: 'windows', frames: 4, windowSeconds: 4, everySeconds: 3 } as const;
    const opened: OpenedVideo[] = [];
    const clips = await clipsOf(video, plan, {
      onOpen: (told) => opened.push(told),
      range: { endSeconds: 9 },
    });
    expect(clips).toEqual([
      [0, 10, 20, 30],
      [30, 40, 50, 60],
      [60, 70, 80, 60],
    ]);
    expect(opened[0]).toMatchObject({ clips: 3, frames: 9, startSeconds: 0, endSeconds: 9 });
  });

  it('begin inside a range', async () => {
    const range = { startSeconds: 5, endSeconds: 7 };
    expect(await clipsOf(video, { kind: 'even', frames: 4 }, { range })).toEqual([[50, 55, 60, 65]]);
  });

  it('share the frame that two windows show, so that it is encoded once', async () => {
    const plan = { kind: 'windows', frames: 2, windowSeconds: 2, everySeconds: 1 } as const;
    const [first, second] = await gather(openClips(video, { tools, size: SIZE, plan }));
    expect(second?.frames[0]?.key).toBe(first?.frames[1]?.key);
  });

  it('are cut where scenes change', async () => {
    const path = join(folder, 'scenes.mp4');
    const level = `if(lt(N,30),40,if(lt(N,70),200,90))`;
    const filter = `format=gbrp,geq=r='${level}':g='${level}':b='${level}'`;
    const encode = ['-frames:v', '100', '-c:v', 'libx264rgb', '-qp', '0'];
    await generate(path, '-f', 'lavfi', '-i', 'color=black:s=32x16:r=10', '-vf', filter, ...encode);
    const plan = { kind: 'scenes', frames: 2, sampleSeconds: 0.5 } as const;
    const clips = await gather(openClips(path, { tools, size: SIZE, plan }));
    expect(clips.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0, 3],
      [3, 7],
      [7, 10],
    ]);
  });

  it('are right for a variable rate, where a header only has an average', async () => {
    const path = join(folder, 'vfr.mkv');
    const level = 'N*2';
    // 50 frames in the first second, one a second after it.
    const filter = `format=gbrp,geq=r='${level}':g='${level}':b='${level}',setpts='if(lt(N,50),N/50,N-49)/TB+0.5'`;
    const encode = ['-vsync', '0', '-frames:v', '60', '-c:v', 'libx264rgb', '-qp', '0'];
    await generate(path, '-f', 'lavfi', '-i', 'color=black:s=32x16:r=1000', '-vf', filter, ...encode);
    expect(await clipsOf(path, { kind: 'even', frames: 6 })).toEqual([[0, 10, 20, 30, 40, 50]]);
    const seconds = (await clipsOf(path, { kind: 'every', seconds: 1 })).flat();
    expect(seconds.slice(0, 10)).toEqual([0, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
  });

  it('of a picture are one, of that picture alone', async () => {
    const path = join(folder, 'picture.png');
    await generate(path, '-f', 'lavfi', '-i', 'color=0x0a0a0a:s=64x32', '-frames:v', '1');
    for (const plan of [
      { kind: 'even', frames: 3 },
      { kind: 'windows', frames: 3, windowSeconds: 2, everySeconds: 1 },
      { kind: 'scenes', frames: 3 },
    ] as const) {
      expect(await clipsOf(path, plan)).toEqual([[5, 5, 5]]);
    }
  });

  it('warn of a file that is cut off, and hold what it has', async () => {
    const path = await generate(
      join(folder, 'front.mp4'),
      ...grays(100, { step: 2, size: '320x240' }),
      '-movflags',
      '+faststart',
    );
    const bytes = await readFile(path);
    const start = bytes.indexOf('mdat');
    await writeFile(path, bytes.subarray(0, start + Math.floor((bytes.length - start) / 2)));
    const codes: string[] = [];
    const [frames = []] = await clipsOf(
      path,
      { kind: 'even', frames: 4 },
      { onWarning: ({ code }) => codes.push(code) },
    );
    expect(codes).toContain('video_truncated');
    expect(frames).toHaveLength(4);
    expect(Math.max(...frames)).toBeLessThan(60);
    expect([...frames].sort((a, b) => a - b)).toEqual(frames);
  });

  it('end ffmpeg when they are left', async () => {
    const plan = { kind: 'every', seconds: 0.1 } as const;
    for await (const clip of openClips(video, { tools, size: SIZE, plan })) {
      if (clip.index === 2) break;
    }
    expect(childRegistry.size).toBe(0);
  });

  it('are refused for a plan that makes no sense, before the file is opened', async () => {
    const plan = { kind: 'even', frames: 0 } as const;
    const none = openClips(join(folder, 'none.mp4'), { tools, size: SIZE, plan });
    await expect(gather(none)).rejects.toMatchObject({ code: 'bad_sampling_plan' });
  });
});
