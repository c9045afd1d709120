import { describe, expect, it } from 'vitest';
import { LiveWindows } from '../../../src/clip/live-windows.js';
import { MotionGate } from '../../../src/clip/motion-gate.js';
import type { WindowsPlan } from '../../../src/clip/sampling-plan.js';
import { liveFrame } from '../source/live/live-frame.js';

const plan = (frames: number, windowSeconds: number, everySeconds = windowSeconds): WindowsPlan => ({
  ...{ kind: 'windows', frames, windowSeconds, everySeconds },
});

/** The windows of frames at these times: `start: times of its frames`. */
function cut(windows: LiveWindows, times: readonly number[], run = 1): string[] {
  return times.flatMap((time) => {
    const clip = windows.add(liveFrame(time, 0, run));
    return clip === null
      ? []
      : [`${clip.startSeconds}: ${clip.frames.map((f) => f.timestampSeconds).join(' ')}`];
  });
}

const seconds = (from: number, to: number, step: number) =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(3)));

describe('LiveWindows', () => {
  it('closes a window the moment its last frame comes', () => {
    const windows = new LiveWindows(plan(4, 4));
    expect(cut(windows, [0, 1, 2])).toEqual([]);
    expect(cut(windows, [3])).toEqual(['0: 0 1 2 3']);
    expect(cut(windows, [4, 5, 6, 7])).toEqual(['4: 4 5 6 7']);
  });

  it('takes the first frame at each place or later, and leaves the others', () => {
    expect(cut(new LiveWindows(plan(2, 2)), seconds(0, 3.2, 0.4))).toEqual(['0: 0 1.2', '2: 2 3.2']);
  });

  it('lets windows overlap, with the same frames in both', () => {
    expect(cut(new LiveWindows(plan(2, 4, 2)), seconds(0, 6, 0.5))).toEqual(['0: 0 2', '2: 2 4', '4: 4 6']);
  });

  it('holds only what open windows need', () => {
    const windows = new LiveWindows(plan(2, 8, 4));
    let most = 0;
    for (const time of seconds(0, 100, 0.1)) {
      windows.add(liveFrame(time));
      most = Math.max(most, windows.held);
    }
    expect(most).toBeLessThanOrEqual(4);
  });

  it('repeats frames of a source slower than the plan, and makes no window without a new frame', () => {
    expect(cut(new LiveWindows(plan(2, 1)), [0, 3, 6])).toEqual(['0: 0 3', '3: 3 6']);
  });

  it('drops a window that an interruption cuts short', () => {
    const windows = new LiveWindows(plan(2, 2));
    expect(cut(windows, [0], 1)).toEqual([]);
    expect(cut(windows, [10, 11], 2)).toEqual(['10: 10 11']);
  });

  it('begins other windows when the plan changes, and goes on when it is the same', () => {
    const windows = new LiveWindows(plan(2, 2));
    cut(windows, [0]);
    windows.update(plan(2, 2));
    expect(cut(windows, [1])).toEqual(['0: 0 1']);
    windows.update(plan(3, 3));
    expect(cut(windows, [1.5, 2.5, 3.5])).toEqual(['1.5: 1.5 2.5 3.5']);
  });

  it('numbers its windows', () => {
    const windows = new LiveWindows(plan(1, 1));
    expect([0, 1, 2].map((time) => windows.add(liveFrame(time))?.index)).toEqual([0, 1, 2]);
  });
});

describe('MotionGate', () => {
  const setting = { threshold: 0.1, atLeastEverySeconds: null };

  it('lets the first window through, and then those in which something has changed', () => {
    const gate = new MotionGate();
    expect(gate.opens([liveFrame(0, 100)], setting)).toBe(true);
    expect(gate.opens([liveFrame(1, 110)], setting)).toBe(false);
    expect(gate.opens([liveFrame(2, 100), liveFrame(3, 140), liveFrame(4, 100)], setting)).toBe(true);
  });

  it('notices a slow change once it is large enough', () => {
    const gate = new MotionGate();
    const opened = seconds(0, 10, 1).filter((time) => gate.opens([liveFrame(time, time * 10)], setting));
    expect(opened).toEqual([0, 3, 6, 9]);
  });

  it('looks at a still picture from time to time when told to', () => {
    const gate = new MotionGate();
    const opened = seconds(0, 10, 1).filter((time) =>
      gate.opens([liveFrame(time)], { threshold: 0.1, atLeastEverySeconds: 5 }),
    );
    expect(opened).toEqual([0, 5, 10]);
  });
});
