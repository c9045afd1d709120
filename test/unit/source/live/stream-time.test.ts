import { describe, expect, it } from 'vitest';
import { StreamTime } from '../../../../src/source/live/stream-time.js';

/** Places `[timestamp, arrived]` pairs. */
function place(...frames: [number | undefined, number][]): number[] {
  const time = new StreamTime();
  return frames.map(([timestamp, arrived]) => time.place(timestamp, arrived));
}

describe('StreamTime', () => {
  it('keeps the distances of the camera, not those of the network', () => {
    const [a = 0, b = 0, c = 0] = place([100, 1], [100.2, 1.9], [100.4, 1.9]);
    expect(b - a).toBeCloseTo(0.2, 2);
    expect(c - b).toBeCloseTo(0.2, 2);
  });

  it('takes the time of arrival when the clock of the camera jumps', () => {
    expect(place([100, 1], [5000, 2], [5000.5, 2.5])).toEqual([1, 2, 2.5]);
    expect(place([100, 1], [10, 2], [10.5, 2.5])).toEqual([1, 2, 2.5]);
  });

  it('grows even when timestamps do not', () => {
    const times = place([100, 1], [100, 1.01], [99.99, 1.02], [100, 1.02], [undefined, 1.02]);
    expect(times.every((time, i) => i === 0 || time > (times[i - 1] ?? 0))).toBe(true);
  });

  it('begins anew after a reset, and does not go back', () => {
    const time = new StreamTime();
    expect(time.place(100, 1)).toBe(1);
    time.reset();
    expect(time.place(3, 20)).toBe(20);
    time.reset();
    expect(time.place(7, 20)).toBeCloseTo(20.001, 6);
  });

  it('keeps the distances of what a network held up for longer and then gave at once', () => {
    const frame = (i: number, arrived: number): [number, number] => [100 + i * 0.1, arrived];
    const steady = Array.from({ length: 101 }, (_, i) => frame(i, i * 0.1));
    const burst = Array.from({ length: 40 }, (_, i) => frame(101 + i, 14.1));
    const after = Array.from({ length: 100 }, (_, i) => frame(141 + i, 14.1 + i * 0.1));
    const times = place(...steady, ...burst, ...after);
    const steps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(0.09);
    expect(Math.max(...steps)).toBeLessThan(0.11);
  });

  it('takes the time of arrival when frames come late for ten seconds', () => {
    const late = (seconds: number): [number, number] => [100 + seconds, seconds + 5];
    const times = place([100, 0], [101, 1], late(2), late(11.9), late(12), late(12.1), late(13));
    const wanted = [0, 1, 2, 11.9, 17, 17.1, 18];
    for (const [i, seconds] of wanted.entries()) expect(times[i]).toBeCloseTo(seconds, 5);
  });

  it('counts those ten seconds from when frames began to come late', () => {
    const held = (seconds: number): [number, number][] => [
      [100 + seconds, seconds],
      [101 + seconds, seconds + 5],
      [105 + seconds, seconds + 5],
    ];
    const times = place(...held(0), ...held(20), ...held(40));
    for (const [i, seconds] of [0, 1, 5, 20, 21, 25, 40, 41, 45].entries()) {
      expect(times[i]).toBeCloseTo(seconds, 1);
    }
  });

  it('follows a camera whose clock runs fast', () => {
    const time = new StreamTime();
    let last = 0;
    // One part in a thousand, ten times worse than a quartz, for an hour at two frames a second.
    for (let i = 0; i < 7200; i++) last = time.place(i * 0.5 * 1.001, i * 0.5);
    expect(Math.abs(last - 3599.5)).toBeLessThan(0.5);
  });
});
