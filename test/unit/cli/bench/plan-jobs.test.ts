import { expect, it } from 'vitest';
import { planJobs } from '../../../../src/cli/bench/plan-jobs.js';

const all = {
  measure: ['vision', 'prefix', 'caption'],
  prefixes: [300, 100],
  frames: [8, 1],
  words: 16,
} as const;
const model = { imageTokens: 64, maxPositions: 1000 };

it('measures short work first, and texts together behind the shortest prefix alone', () => {
  expect(planJobs(all, model)).toMatchObject([
    { kind: 'encode', frames: 1 },
    { kind: 'prefix', rows: 100, together: 4 },
    { kind: 'prefix', rows: 300, together: 1 },
    { kind: 'caption', frames: 1 },
    { kind: 'caption', frames: 8 },
  ]);
});

it('does not read four long texts', () => {
  const jobs = planJobs({ ...all, measure: ['prefix'], prefixes: [2000] }, { ...model, maxPositions: 4000 });
  expect(jobs).toMatchObject([{ kind: 'prefix', rows: 2000, together: 1 }]);
});

it('leaves out what the model has no positions for', () => {
  expect(planJobs({ ...all, prefixes: [100, 990], frames: [15, 16] }, model)).toMatchObject([
    { kind: 'encode' },
    { kind: 'prefix', rows: 100 },
    { kind: 'caption', frames: 15 },
  ]);
});

it('measures only what is asked for', () => {
  expect(planJobs({ ...all, measure: ['start'] }, model)).toEqual([]);
  expect(planJobs({ ...all, measure: ['vision'] }, model)).toEqual([{ kind: 'encode', frames: 1 }]);
});
