import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../src/clip/check-plan.js';
import { padCyclically } from '../../../src/clip/pad-cyclically.js';
import type { SamplingPlan } from '../../../src/clip/sampling-plan.js';

describe('the check of a plan', () => {
  it.each([
    { kind: 'even', frames: 16 },
    { kind: 'stride', frames: 16, stride: 9 },
    { kind: 'every', seconds: 0.5 },
    { kind: 'windows', frames: 8, windowSeconds: 4, everySeconds: 2 },
    { kind: 'scenes', frames: 8 },
  ] as SamplingPlan[])('lets %j pass', (plan) => {
    expect(() => {
      checkPlan(plan);
    }).not.toThrow();
  });

  it.each([
    [{ kind: 'even', frames: 0 }, 'frames'],
    [{ kind: 'even', frames: 1.5 }, 'frames'],
    [{ kind: 'even', frames: 100_000 }, 'frames'],
    [{ kind: 'stride', frames: 4, stride: 0 }, 'stride'],
    [{ kind: 'every', seconds: 0 }, 'seconds'],
    [{ kind: 'every', seconds: Number.NaN }, 'seconds'],
    [{ kind: 'windows', frames: 8, windowSeconds: -1, everySeconds: 2 }, 'windowSeconds'],
    [{ kind: 'windows', frames: 8, windowSeconds: 1, everySeconds: 1e9 }, 'everySeconds'],
    [{ kind: 'windows', frames: 8, windowSeconds: 3600, everySeconds: 0.1 }, 'everySeconds'],
    [{ kind: 'scenes', frames: 8, threshold: 2 }, 'threshold'],
    [{ kind: 'scenes', frames: 8, maxSeconds: 1e6 }, 'maxSeconds'],
  ] as [SamplingPlan, string][])('names what is wrong with %j', (plan, name) => {
    expect(() => {
      checkPlan(plan);
    }).toThrow(new RegExp(`^${name} of the sampling is`));
  });
});

describe('padding', () => {
  it('repeats from the first on', () => {
    expect(padCyclically(['a', 'b', 'c'], 7)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a']);
    expect(padCyclically(['a', 'b', 'c'], 2)).toEqual(['a', 'b']);
    expect(padCyclically([], 2)).toEqual([]);
  });
});
