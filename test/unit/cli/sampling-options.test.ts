import { describe, expect, it } from 'vitest';
import { samplingPlan, timeRange } from '../../../src/cli/sampling-options.js';

describe('samplingPlan', () => {
  it('looks at the whole evenly unless told otherwise', () => {
    expect(samplingPlan({}, 8)).toEqual({ kind: 'even', frames: 8 });
    expect(samplingPlan({ frames: 3 }, 8)).toEqual({ kind: 'even', frames: 3 });
  });

  it('takes one frame every so often, or several when told', () => {
    expect(samplingPlan({ every: 2 }, 8)).toEqual({ kind: 'every', seconds: 2 });
    expect(samplingPlan({ every: 2, frames: 4 }, 8)).toEqual({
      kind: 'windows',
      frames: 4,
      windowSeconds: 2,
      everySeconds: 2,
    });
  });

  it('takes windows side by side, every so often, or overlapping', () => {
    const windows = { kind: 'windows', frames: 8, windowSeconds: 10 };
    expect(samplingPlan({ window: 10 }, 8)).toEqual({ ...windows, everySeconds: 10 });
    expect(samplingPlan({ window: 10, every: 4 }, 8)).toEqual({ ...windows, everySeconds: 4 });
    expect(samplingPlan({ window: 10, overlap: 4 }, 8)).toEqual({ ...windows, everySeconds: 6 });
  });

  it('takes strides and scenes', () => {
    expect(samplingPlan({ stride: 5 }, 8)).toEqual({ kind: 'stride', frames: 8, stride: 5 });
    expect(samplingPlan({ scenes: true }, 8)).toEqual({ kind: 'scenes', frames: 8 });
  });

  it.each([
    { scenes: true, stride: 2 },
    { scenes: true, window: 2 },
    { stride: 2, every: 2 },
    { overlap: 2 },
    { window: 4, every: 2, overlap: 2 },
    { window: 4, overlap: 4 },
  ])('refuses %j', (flags) => {
    expect(() => samplingPlan(flags, 8)).toThrow(expect.objectContaining({ code: 'option_conflict' }));
  });
});

describe('timeRange', () => {
  it('is everything unless told otherwise', () => {
    expect(timeRange({})).toEqual({ startSeconds: 0, endSeconds: undefined });
    expect(timeRange({ start: 2, end: 3 })).toEqual({ startSeconds: 2, endSeconds: 3 });
  });

  it('does not run backwards', () => {
    expect(() => timeRange({ start: 3, end: 3 })).toThrow('--end must be after --start');
  });
});
