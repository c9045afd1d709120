import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childRegistry } from '../../../src/source/child-registry.js';
import { overlayVideo } from '../../../src/source/overlay-video.js';
import { placeFile } from '../../../src/source/place-file.js';
import { probeVideo } from '../../../src/source/probe-video.js';
import { readFullPicture } from '../../../src/source/read-full-picture.js';
import { readTimeline } from '../../../src/source/read-timeline.js';
import { generate, makeFolder, tools } from './lavfi.js';
import { slowIndex } from './slow-index.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
});
afterAll(() => remove());

/** Transparent pictures, the n-th with a white block at the left when n is odd. */
async function* blinking(
  width: number,
  height: number,
  onAsked = (): void => undefined,
): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let n = 0; ; n++) {
    onAsked();
    const picture = new Uint8Array(width * height * 4);
    for (let i = 0; n % 2 === 1 && i < height; i++) picture.fill(255, i * width * 4, i * width * 4 + 8 * 4);
    yield picture;
  }
}

async function overlay(
  path: string,
  out: string,
  more: { framesPerSecond?: number; signal?: AbortSignal } = {},
) {
  const video = await probeVideo(path, tools);
  const timeline = await readTimeline(video, tools);
  let asked = 0;
  const pictures = blinking(video.widthPixels, video.heightPixels, () => asked++);
  const framesPerSecond = video.framesPerSecond ?? 10;
  await overlayVideo(video, pictures, { tools, output: out, framesPerSecond, timeline, ...more });
  const drawn = await probeVideo(out, tools);
  return { video, timeline, drawn, drawnTimeline: await readTimeline(drawn, tools), asked: () => asked };
}

describe('overlayVideo', () => {
  it('lays the n-th picture over the n-th frame, whatever the rate', async () => {
    for (const rate of ['10', '30000/1001']) {
      const path = await generate(
        join(folder, `gray-${rate.length}.mp4`),
        '-f',
        'lavfi',
        '-i',
        `color=gray:s=64x48:r=${rate}:d=2`,
        '-pix_fmt',
        'yuv420p',
      );
      const { drawn, timeline } = await overlay(path, join(folder, `out-${rate.length}.mp4`));
      for (const [n, seconds] of [...timeline.seconds].slice(0, 12).entries()) {
        const { data } = await readFullPicture(drawn, seconds, tools);
        expect([n, (data[(10 * 64 + 3) * 3] ?? 0) > 200]).toEqual([n, n % 2 === 1]);
      }
    }
  });

  it('keeps every frame, its time, the size, the sound', async () => {
    const path = await generate(
      join(folder, 'sound.mp4'),
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc=s=66x50:r=25:d=3',
        '-f',
        'lavfi',
        '-i',
        'sine=d=3',
        '-pix_fmt',
        'yuv420p',
      ],
    );
    const { video, timeline, drawn, drawnTimeline } = await overlay(path, join(folder, 'sound-out.mp4'));
    expect(drawn).toMatchObject({
      codec: 'h264',
      widthPixels: 66,
      heightPixels: 50,
      hasAudio: video.hasAudio,
    });
    expect(video.hasAudio).toBe(true);
    expect([...drawnTimeline.seconds]).toEqual(
      [...timeline.seconds].map((time) => expect.closeTo(time, 3) as number),
    );
  });

  it('keeps the times of a variable rate', async () => {
    const path = await generate(
      join(folder, 'variable.mp4'),
      ...['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=30:d=3', '-vf', "select='not(mod(n,3))+not(mod(n,7))'"],
      ...['-vsync', 'vfr', '-pix_fmt', 'yuv420p'],
    );
    const { timeline, drawnTimeline } = await overlay(path, join(folder, 'variable-out.mp4'));
    const count = timeline.seconds.length;
    expect([...drawnTimeline.seconds.slice(0, count)]).toEqual(
      [...timeline.seconds].map((time) => expect.closeTo(time, 3) as number),
    );
    expect(drawnTimeline.seconds.length - count).toBeLessThanOrEqual(1);
  });

  it('makes an odd size even', async () => {
    const path = await generate(
      join(folder, 'odd.mkv'),
      '-f',
      'lavfi',
      '-i',
      'color=red:s=64x48:r=10:d=1',
      '-vf',
      'crop=63:47:0:0:exact=1',
      '-c:v',
      'libx264rgb',
      '-qp',
      '0',
    );
    const { video, drawn } = await overlay(path, join(folder, 'odd-out.mp4'));
    expect([video.widthPixels, video.heightPixels]).toEqual([63, 47]);
    expect([drawn.widthPixels, drawn.heightPixels]).toEqual([64, 48]);
  });

  it('asks for pictures only as fast as ffmpeg takes them, and for few beyond the end', async () => {
    const path = await generate(
      join(folder, 'short.mp4'),
      '-f',
      'lavfi',
      '-i',
      'color=gray:s=640x480:r=25:d=2',
      '-pix_fmt',
      'yuv420p',
    );
    const { asked } = await overlay(path, join(folder, 'short-out.mp4'));
    expect(asked()).toBeGreaterThanOrEqual(50);
    expect(asked()).toBeLessThan(80);
  });

  it('leaves no ffmpeg and no file when it is cancelled', async () => {
    const path = await generate(
      join(folder, 'long.mp4'),
      '-f',
      'lavfi',
      '-i',
      'testsrc=s=640x480:r=30:d=10',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv420p',
    );
    const controller = new AbortController();
    const video = await probeVideo(path, tools);
    const timeline = await readTimeline(video, tools);
    const out = join(folder, 'cancelled.mp4');
    const writing = placeFile(out, false, (output) =>
      overlayVideo(video, blinking(640, 480), {
        ...{ tools, output, framesPerSecond: 30, timeline, signal: controller.signal },
        onPicture: (done) => {
          if (done === 20) controller.abort();
        },
      }),
    );
    await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
    expect(childRegistry.size).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes('cancelled'))).toEqual([]);
  });

  it('waits for an index that takes long to move to the front', async () => {
    const path = await generate(
      join(folder, 'indexed.mp4'),
      ...['-f', 'lavfi', '-i', 'color=gray:s=64x48:r=10:d=1', '-pix_fmt', 'yuv420p'],
    );
    const video = await probeVideo(path, tools);
    const output = join(folder, 'indexed-out.mp4');
    await overlayVideo(video, blinking(64, 48), {
      ...{ tools: await slowIndex(folder, 6), output, framesPerSecond: 10, stallTimeoutMs: 2000 },
      timeline: await readTimeline(video, tools),
    });
    expect((await probeVideo(output, tools)).durationSeconds).toBeCloseTo(1, 1);
  });

  it('says why when it cannot write', async () => {
    const path = join(folder, 'short.mp4');
    const out = join(folder, 'no', 'where.mp4');
    await expect(overlay(path, out)).rejects.toMatchObject({ code: 'drawing_not_written' });
    await expect(overlay(path, out)).rejects.toThrow(/No such file/);
    expect(existsSync(out)).toBe(false);
  });
});
