import { describe, expect, it } from 'vitest';
import { cutClips } from '../../../src/clip/cut-clips.js';
import { planFrames } from '../../../src/clip/plan-frames.js';
import type { SamplingPlan } from '../../../src/clip/sampling-plan.js';
import type { Frame } from '../../../src/shared/frame.js';
import { cutsOf, framesAt, grayFrame, timesAt } from './clip-frames.js';

const windows = (frames: number, windowSeconds: number, everySeconds: number): SamplingPlan => ({
  kind: 'windows',
  frames,
  windowSeconds,
  everySeconds,
});
const file = { tail: 'repeat', startSeconds: 0 } as const;

describe('cutting one clip', () => {
  it('gathers the frames that come', async () => {
    const clips = cutClips(framesAt([0, 1, 2]), { kind: 'even', frames: 3 }, { ...file, endSeconds: 3 });
    expect(await cutsOf(clips)).toEqual([{ frames: [0, 1, 2], span: [0, 3] }]);
  });

  it('repeats a short video from its first frame on', async () => {
    const clips = cutClips(framesAt([0, 1, 2]), { kind: 'even', frames: 8 }, { ...file, endSeconds: 3 });
    expect((await cutsOf(clips))[0]?.frames).toEqual([0, 1, 2, 0, 1, 2, 0, 1]);
  });

  it('drops a short one where that is the policy', async () => {
    const plan = { kind: 'stride', frames: 8, stride: 2 } as const;
    expect(await cutsOf(cutClips(framesAt([0, 1, 2]), plan, { tail: 'drop' }))).toEqual([]);
  });

  it('makes nothing of nothing', async () => {
    for (const plan of [
      { kind: 'even', frames: 2 },
      windows(2, 2, 2),
      { kind: 'scenes', frames: 2 },
    ] as const) {
      expect(await cutsOf(cutClips(framesAt([]), plan, file))).toEqual([]);
    }
  });
});

describe('cutting windows', () => {
  it('takes frames evenly inside each window, overlap included', async () => {
    const cuts = await cutsOf(
      cutClips(framesAt(timesAt(4, 16)), windows(4, 2, 1), { ...file, endSeconds: 4 }),
    );
    expect(cuts).toEqual([
      { frames: [0, 2, 4, 6], span: [0, 2] },
      { frames: [4, 6, 8, 10], span: [1, 3] },
      { frames: [8, 10, 12, 14], span: [2, 4] },
    ]);
  });

  it('repeats the frames of a last window that is cut short', async () => {
    const cuts = await cutsOf(
      cutClips(framesAt(timesAt(4, 10)), windows(4, 2, 2), { ...file, endSeconds: 2.5 }),
    );
    expect(cuts).toEqual([
      { frames: [0, 2, 4, 6], span: [0, 2] },
      { frames: [8, 8, 8, 8], span: [2, 2.5] },
    ]);
    const longer = await cutsOf(
      cutClips(framesAt(timesAt(4, 12)), windows(4, 2, 2), { ...file, endSeconds: 3 }),
    );
    expect(longer[1]).toEqual({ frames: [8, 10, 8, 10], span: [2, 3] });
  });

  it('drops it for a camera', async () => {
    const cuts = await cutsOf(cutClips(framesAt(timesAt(4, 12)), windows(4, 2, 2), { tail: 'drop' }));
    expect(cuts.map((cut) => cut.frames)).toEqual([[0, 2, 4, 6]]);
  });

  it('shows a frame twice when nothing newer was on screen', async () => {
    const cuts = await cutsOf(cutClips(framesAt([0, 3]), windows(4, 2, 2), { ...file, endSeconds: 4 }));
    expect(cuts.map((cut) => cut.frames)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 1, 1],
    ]);
  });

  it('counts a camera from its first frame', async () => {
    const times = timesAt(2, 6).map((time) => time + 100);
    const cuts = await cutsOf(cutClips(framesAt(times), windows(2, 1, 1), { tail: 'drop' }));
    expect(cuts.map((cut) => cut.span)).toEqual([
      [100, 101],
      [101, 102],
      [102, 103],
    ]);
  });

  it('yields a window as soon as the next frame shows it is whole', async () => {
    let asked = -1;
    const frames = framesAt(timesAt(4, 100), (index) => (asked = index));
    const clips = cutClips(frames, windows(4, 1, 1), file);
    expect((await clips.next()).value).toMatchObject({ index: 0 });
    expect(asked).toBe(4);
    await clips.return();
  });

  it('asks for nothing before it is asked, and closes the source when left', async () => {
    let isClosed = false;
    let asked = 0;
    async function* source(): AsyncGenerator<Frame> {
      try {
        for (;;) yield await Promise.resolve(grayFrame(asked, asked++ / 10));
      } finally {
        isClosed = true;
      }
    }
    const clips = cutClips(source(), windows(2, 1, 1), { tail: 'drop' });
    expect(asked).toBe(0);
    for await (const clip of clips) {
      if (clip.index === 3) break;
    }
    expect(isClosed).toBe(true);
  });

  it('passes an error of the source on', async () => {
    async function* source(): AsyncGenerator<Frame> {
      yield await Promise.resolve(grayFrame(0, 0));
      throw new Error('lost');
    }
    await expect(cutsOf(cutClips(source(), windows(2, 1, 1), file))).rejects.toThrow('lost');
  });

  it('cuts the frames a plan chose as it would cut all of them', async () => {
    const times = Array.from({ length: 400 }, (_, i) => i / 30 + (i % 5) * 0.003);
    const endSeconds = 13.5;
    const span = { first: 0, end: times.length, endSeconds };
    for (const plan of [
      windows(8, 2, 0.7),
      windows(3, 0.5, 1.3),
      windows(16, 5, 5),
      { kind: 'every', seconds: 0.33 },
    ] as const) {
      const chosen = planFrames({ seconds: Float64Array.from(times) }, plan, span);
      const keysOf = async (wanted: readonly number[]): Promise<string[][]> => {
        const keys: string[][] = [];
        async function* source(): AsyncGenerator<Frame> {
          for (const i of wanted) yield await Promise.resolve(grayFrame(i, times[i] ?? 0, 0));
        }
        for await (const clip of cutClips(source(), plan, { ...file, endSeconds })) {
          keys.push(clip.frames.map((frame) => frame.key));
        }
        return keys;
      };
      expect(chosen.length).toBeLessThan(times.length);
      expect(await keysOf(chosen)).toEqual(await keysOf([...times.keys()]));
    }
  });
});

describe('cutting scenes', () => {
  async function* grays(levels: readonly number[]): AsyncGenerator<Frame> {
    for (const [i, gray] of levels.entries()) yield await Promise.resolve(grayFrame(i, i / 2, gray));
  }
  const scenes = (levels: readonly number[], more: object = {}): ReturnType<typeof cutsOf> =>
    cutsOf(
      cutClips(
        grays(levels),
        { kind: 'scenes', frames: 2, ...more },
        { ...file, endSeconds: levels.length / 2 },
      ),
    );

  it('cuts where the picture changes at once, and not where it changes slowly', async () => {
    const cuts = await scenes([10, 20, 30, 40, 200, 190, 180, 170]);
    expect(cuts).toEqual([
      { frames: [0, 2], span: [0, 2] },
      { frames: [4, 6], span: [2, 4] },
    ]);
  });

  it('does not cut sooner than the least length of a scene', async () => {
    const cuts = await scenes([10, 250, 10, 10, 10, 250, 250], { minSeconds: 2 });
    expect(cuts.map((cut) => cut.span)).toEqual([
      [0, 2.5],
      [2.5, 3.5],
    ]);
  });

  it('ends a scene that lasts, so that its frames are not held for ever', async () => {
    const cuts = await scenes(
      Array.from({ length: 20 }, () => 7),
      { maxSeconds: 3 },
    );
    expect(cuts.map((cut) => cut.span)).toEqual([
      [0, 3],
      [3, 6],
      [6, 9],
      [9, 10],
    ]);
  });
});
