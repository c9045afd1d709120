import { expect, it } from 'vitest';
import { SteadyClock } from '../../../../src/source/live/steady-clock.js';
import { FakeClock } from './fake-clock.js';

it('follows a clock that is set forward, and never goes back with one that is set back', async () => {
  const clock = new FakeClock();
  const steady = new SteadyClock(clock);
  const began = steady.nowMs();
  await clock.pass(1);
  expect(steady.nowMs() - began).toBe(1000);
  clock.setWall(-3600);
  await clock.pass(1);
  expect(steady.nowMs() - began).toBe(2000);
  clock.setWall(7200);
  expect(steady.nowMs()).toBe(clock.wallMs());
});
