import { describe, expect, it } from 'vitest';
import { checkStreamPlan } from '../../../src/pipeline/check-stream-plan.js';
import { DropCounter } from '../../../src/pipeline/drop-counter.js';
import { isScheduled } from '../../../src/pipeline/is-scheduled.js';
import { newestClip } from '../../../src/pipeline/newest-clip.js';
import type { Schedule, StreamPlan } from '../../../src/pipeline/stream-plan.js';
import { neededRate } from '../../../src/pipeline/stream-rate.js';
import { liveFrame } from '../source/live/live-frame.js';
import { streamPlan } from './stream-plan.js';

describe('checkStreamPlan', () => {
  it('takes a plan that is all right', () => {
    expect(() => {
      checkStreamPlan(streamPlan());
    }).not.toThrow();
  });

  it.each<[string, Partial<StreamPlan>]>([
    ['no frames', { framesPerWindow: 0 }],
    ['half a frame', { framesPerWindow: 1.5 }],
    ['no seconds', { windowSeconds: 0 }],
    ['NaN', { windowSeconds: NaN }],
    ['an overlap of a whole window', { overlapSeconds: 4 }],
    ['an overlap that opens hundreds of windows', { overlapSeconds: 3.99, windowSeconds: 4 }],
    ['a gate that is always shut', { motionGate: { threshold: 2, atLeastEverySeconds: null } }],
    ['no slots', { schedule: { timeZone: 'UTC', slots: [] } }],
    [
      'an unknown zone',
      { schedule: { timeZone: 'Mars/Base', slots: [{ days: [1], from: '08:00', until: '09:00' }] } },
    ],
    [
      'a time that is none',
      { schedule: { timeZone: 'UTC', slots: [{ days: [1], from: '8', until: '25:00' }] } },
    ],
    [
      'a day that is none',
      { schedule: { timeZone: 'UTC', slots: [{ days: [7], from: '08:00', until: '09:00' }] } },
    ],
    ['too many tasks', { tasks: Array.from({ length: 17 }, () => ({ kind: 'ocr' as const })) }],
    ['an empty prompt', { tasks: [{ kind: 'prompt', prompt: '' }] }],
  ])('refuses %s', (_, change) => {
    expect(() => {
      checkStreamPlan(streamPlan(change));
    }).toThrow(expect.objectContaining({ code: 'bad_stream_plan' }) as Error);
  });
});

describe('isScheduled', () => {
  const at = (iso: string) => Date.parse(iso);
  const night: Schedule = {
    timeZone: 'Europe/Berlin',
    slots: [{ days: [5], from: '22:00', until: '06:00' }],
  };

  it('knows the hours of its own time zone, over midnight and summer time', () => {
    // 26 July 2024 is a Friday; Berlin is two hours ahead.
    expect(isScheduled(night, at('2024-07-26T19:59:00Z'))).toBe(false);
    expect(isScheduled(night, at('2024-07-26T20:00:00Z'))).toBe(true);
    expect(isScheduled(night, at('2024-07-27T03:59:00Z'))).toBe(true);
    expect(isScheduled(night, at('2024-07-27T04:00:00Z'))).toBe(false);
    expect(isScheduled(night, at('2024-07-27T20:30:00Z'))).toBe(false);
    // In winter one hour.
    expect(isScheduled(night, at('2024-01-26T20:30:00Z'))).toBe(false);
    expect(isScheduled(night, at('2024-01-26T21:30:00Z'))).toBe(true);
  });

  it('ends a slot before its last minute', () => {
    const day: Schedule = { timeZone: 'UTC', slots: [{ days: [1], from: '08:00', until: '24:00' }] };
    expect(isScheduled(day, at('2024-07-22T23:59:59Z'))).toBe(true);
    expect(isScheduled(day, at('2024-07-23T00:00:00Z'))).toBe(false);
    expect(isScheduled(day, at('2024-07-22T07:59:59Z'))).toBe(false);
  });
});

describe('DropCounter', () => {
  const span = (i: number) => ({ startSeconds: i, endSeconds: i + 1 });

  it('tells the first drop at once and those that follow together', () => {
    const drops = new DropCounter();
    expect(drops.add(span(0), 1000)).toMatchObject({
      windows: 1,
      totalWindows: 1,
      startSeconds: 0,
      endSeconds: 1,
    });
    expect(drops.add(span(1), 1400)).toBeNull();
    expect(drops.add(span(2), 1800)).toBeNull();
    expect(drops.add(span(3), 2000)).toMatchObject({
      windows: 3,
      totalWindows: 4,
      startSeconds: 1,
      endSeconds: 4,
    });
    expect(drops.flush(2100)).toBeNull();
  });

  it('tells what is left when asked', () => {
    const drops = new DropCounter();
    drops.add(span(0), 0);
    drops.add(span(1), 1);
    expect(drops.flush(2)).toMatchObject({ windows: 1, totalWindows: 2, startSeconds: 1 });
  });
});

describe('newestClip', () => {
  const frames = (count: number) => Array.from({ length: count }, (_, i) => liveFrame(i));
  const times = (count: number, of: number) =>
    newestClip(frames(of), count, 0)?.frames.map((frame) => frame.timestampSeconds);

  it('takes frames evenly, the newest among them', () => {
    expect(times(3, 11)).toEqual([0, 5, 10]);
    expect(times(1, 11)).toEqual([10]);
    expect(times(4, 4)).toEqual([0, 1, 2, 3]);
  });

  it('repeats too few from the first on, and makes nothing of nothing', () => {
    expect(times(5, 2)).toEqual([0, 1, 0, 1, 0]);
    expect(newestClip([], 3, 0)).toBeNull();
  });
});

it('asks for twice the frames that are looked at, in few steps', () => {
  const rate = (framesPerWindow: number, windowSeconds: number) =>
    neededRate(streamPlan({ framesPerWindow, windowSeconds }));
  expect([rate(1, 60), rate(8, 8), rate(8, 4), rate(8, 2), rate(16, 1), rate(64, 1)]).toEqual([
    2, 2, 5, 10, 30, 30,
  ]);
});
