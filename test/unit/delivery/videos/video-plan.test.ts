import { expect, it } from 'vitest';
import { videoTaskBody } from '../../../../src/delivery/videos/video-plan.js';

it('leaves room for the masks of many things when nothing is said', () => {
  expect(videoTaskBody.parse({ task: 'segment', things: ['car'] }).max_new_tokens).toBe(256);
  expect(videoTaskBody.parse({ task: 'detect', things: ['car'] }).max_new_tokens).toBe(64);
  const given = { task: 'segment', things: ['car'], max_new_tokens: 20 };
  expect(videoTaskBody.parse(given).max_new_tokens).toBe(20);
});
