import { describe, expect, it } from 'vitest';
import { countClips } from '../../../src/clip/count-clips.js';
import { frameSpan } from '../../../src/clip/frame-span.js';
import { planFrames } from '../../../src/clip/plan-frames.js';
import type { SamplingPlan } from '../../../src/clip/sampling-plan.js';
import { timesAt } from './clip-frames.js';

function timelineOf(times: readonly number[], endSeconds: number): Parameters<typeof frameSpan>[0] {
  return {
    seconds: Float64Array.from(times),
    isKey: new Uint8Array(times.length),
    endSeconds,
    zeroSeconds: 0,
  };
}

/** 10 frames a second for 5 s. */
const tenAtSecond = timelineOf(timesAt(10, 50), 5);
const plan = (sampling: SamplingPlan, timeline = tenAtSecond, range = {}): number[] =>
  planFrames(timeline, sampling, frameSpan(timeline, range));

describe('which frames a plan wants', () => {
  it('takes floor(i*T/n) of T for an even plan', () => {
    expect(plan({ kind: 'even', frames: 8 })).toEqual([0, 6, 12, 18, 25, 31, 37, 43]);
  });

  it('takes every frame of a video with fewer than the plan', () => {
    expect(plan({ kind: 'even', frames: 8 }, timelineOf([0, 1, 2], 3))).toEqual([0, 1, 2]);
  });

  it('takes 0, s, 2s and so on for a stride, as far as there are frames', () => {
    expect(plan({ kind: 'stride', frames: 4, stride: 7 })).toEqual([0, 7, 14, 21]);
    expect(plan({ kind: 'stride', frames: 16, stride: 20 })).toEqual([0, 20, 40]);
  });

  it('takes the frame on screen every S seconds', () => {
    expect(plan({ kind: 'every', seconds: 1 })).toEqual([0, 10, 20, 30, 40]);
    expect(plan({ kind: 'every', seconds: 0.25 }).slice(0, 5)).toEqual([0, 2, 5, 7, 10]);
  });

  it('counts time and not frames when the rate varies', () => {
    const slides = timelineOf([0, 0.1, 3, 3.1, 9], 12);
    expect(plan({ kind: 'every', seconds: 1 }, slides)).toEqual([0, 1, 2, 3, 4]);
    expect(plan({ kind: 'even', frames: 2 }, slides)).toEqual([0, 2]);
  });

  it('wants a frame that overlapping windows share once', () => {
    const windows = { kind: 'windows', frames: 4, windowSeconds: 2, everySeconds: 1 } as const;
    expect(plan(windows)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
  });

  it('refuses to look millions of times', () => {
    const day = timelineOf([0, 43_200], 86_400);
    const windows = { kind: 'windows', frames: 256, windowSeconds: 0.01, everySeconds: 0.01 } as const;
    expect(() => plan(windows, day)).toThrow(/looks 2211840000 times at 2 frames/);
  });

  it('jumps over what lies between windows', () => {
    const windows = { kind: 'windows', frames: 2, windowSeconds: 0.4, everySeconds: 2 } as const;
    expect(plan(windows)).toEqual([0, 2, 20, 22, 40, 42]);
  });

  it('samples often enough to see scenes change', () => {
    expect(plan({ kind: 'scenes', frames: 4, sampleSeconds: 1 })).toEqual([0, 10, 20, 30, 40]);
  });

  it('begins anew inside a range', () => {
    const range = { startSeconds: 2, endSeconds: 4 };
    expect(plan({ kind: 'even', frames: 4 }, tenAtSecond, range)).toEqual([20, 25, 30, 35]);
    expect(plan({ kind: 'every', seconds: 1 }, tenAtSecond, range)).toEqual([20, 30]);
  });
});

describe('a range', () => {
  it.each([
    { startSeconds: 6 },
    { startSeconds: 3, endSeconds: 3 },
    { endSeconds: Number.NaN, startSeconds: 1 },
  ])('of %j holds no frame and is refused', (range) => {
    expect(() => frameSpan(tenAtSecond, range)).toThrow(/holds no frame: give a part of 0 to 5.000 s/);
  });
});

describe('the number of clips', () => {
  const windows = (windowSeconds: number, everySeconds: number): SamplingPlan => ({
    kind: 'windows',
    frames: 2,
    windowSeconds,
    everySeconds,
  });

  it.each([
    ['windows side by side', windows(2, 2), 10, 5, 5],
    ['a short window at the end', windows(2, 2), 9, 5, 4],
    ['overlap, without a window that shows nothing new', windows(2, 1), 10, 9, 9],
    ['gaps', windows(2, 4), 10, 3, 3],
    ['a gap that reaches over the end', windows(2, 12), 10, 1, 1],
    ['less than one window', windows(20, 5), 10, 1, 0],
    ['a sample each second', { kind: 'every', seconds: 1 } as const, 4.3, 5, 4],
    ['tenths that do not add up in binary', { kind: 'every', seconds: 0.1 } as const, 0.3, 3, 3],
    ['one clip of the whole', { kind: 'even', frames: 8 } as const, 10, 1, 1],
    ['a picture', { kind: 'every', seconds: 1 } as const, 0, 1, 0],
  ] as const)('of %s', (_, sampling, duration, repeated, dropped) => {
    expect(countClips(duration, sampling)).toBe(repeated);
    expect(countClips(duration, sampling, 'drop')).toBe(dropped);
  });

  it('of scenes is not known before', () => {
    expect(countClips(10, { kind: 'scenes', frames: 4 })).toBeNull();
  });
});
