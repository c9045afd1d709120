import { expect, it } from 'vitest';
import { DEFAULT_WISHES, tasksOf } from '../../../dashboard/videos/upload-plan.js';
import { videoPlan } from '../../../src/delivery/videos/video-plan.js';

it('leaves to the server what nobody wished to be otherwise', () => {
  expect(tasksOf(DEFAULT_WISHES)).toBeNull();
});

it('has things outlined with as much room for their masks as the server gives', () => {
  const tasks = tasksOf({ ...DEFAULT_WISHES, things: 'car; dog', withMasks: true });
  expect(videoPlan.parse({ tasks }).tasks).toMatchObject([
    { task: 'summary', max_new_tokens: 64 },
    { task: 'captions', window_seconds: 5, max_new_tokens: 64 },
    { task: 'segment', things: ['car', 'dog'], every_seconds: 1, max_new_tokens: 256 },
  ]);
});
