import { describe, expect, it } from 'vitest';
import { parsePulse } from '../../../src/model/pulse-line.js';
import { restartDelayMs } from '../../../src/model/restart-delay.js';
import { StallWatch, type Pulse } from '../../../src/model/stall-watch.js';

/** Runs a process of so many seconds: what its pulses say of each; null for no pulse. */
function reason(seconds: number, pulseAt: (second: number) => Pulse | null, isBusy = true): string | null {
  const watch = new StallWatch({ stallSeconds: 10, runLimitSeconds: 100 });
  for (let second = 1; second <= seconds; second++) {
    const pulse = pulseAt(second);
    if (pulse !== null) watch.pulse(pulse);
    const told = watch.tick(1, isBusy);
    if (told !== null) return `${second}: ${told}`;
  }
  return null;
}

const pulse = (turns: number, cpuMs: number): Pulse => ({ turns, cpuMs, residentBytes: 1 });

describe('StallWatch', () => {
  it('lets a process that waits for requests live for ever', () => {
    expect(reason(1000, (second) => pulse(second, second), false)).toBeNull();
  });

  it('lets one computation take its time while it uses the processor', () => {
    expect(reason(99, (second) => pulse(0, second * 900))).toBeNull();
  });

  it('takes a process that stands still without computing to hang', () => {
    expect(reason(99, (second) => pulse(Math.min(second, 20), second))).toBe('29: it did nothing for 10 s');
  });

  it('takes a process without a pulse to hang', () => {
    expect(reason(99, (second) => (second < 5 ? pulse(second, second) : null))).toBe(
      '13: no sign of life for 10 s',
    );
  });

  it('gives a process time to start', () => {
    expect(reason(99, () => null)).toBe('60: no sign of life for 60 s');
    expect(reason(99, (second) => (second < 50 ? null : pulse(second, second)))).toBeNull();
  });

  it('expects pulses once the process has spoken', () => {
    const watch = new StallWatch({ stallSeconds: 10, runLimitSeconds: 100 });
    for (let second = 1; second <= 30; second++) expect(watch.tick(1, true)).toBeNull();
    watch.progress();
    for (let second = 1; second < 10; second++) expect(watch.tick(1, true)).toBeNull();
    expect(watch.tick(1, true)).toBe('no sign of life for 10 s');
  });

  it('ends a computation that never ends', () => {
    expect(reason(300, (second) => pulse(0, second * 900))).toBe('100: one computation took over 100 s');
  });

  it('ends a process that turns but brings no request on', () => {
    const turning = (second: number) => pulse(second, second * 900);
    expect(reason(300, turning)).toBe('100: nothing came of a request for 100 s');
    const watch = new StallWatch({ stallSeconds: 10, runLimitSeconds: 100 });
    for (let second = 1; second < 300; second++) {
      watch.pulse(turning(second));
      if (second % 90 === 0) watch.progress();
      expect(watch.tick(1, true)).toBeNull();
    }
  });
});

it('reads a line of a pulse, and nothing else', () => {
  expect(parsePulse('12 3456 789')).toEqual({ turns: 12, cpuMs: 3456, residentBytes: 789 });
  for (const line of ['', '1 2', '1 2 x', `1 2 ${'9'.repeat(40)}`]) expect(parsePulse(line)).toBeNull();
});

it('forks at once after one death, then less and less often, to a limit', () => {
  expect([1, 2, 3, 4, 20].map(restartDelayMs)).toEqual([0, 250, 500, 1000, 30_000]);
});
