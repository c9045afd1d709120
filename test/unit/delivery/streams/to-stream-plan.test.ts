import { expect, it } from 'vitest';
import { streamPlanBody } from '../../../../src/delivery/streams/stream-plan-body.js';
import { toStreamPlan } from '../../../../src/delivery/streams/to-stream-plan.js';

const newTokens = (body: object): number => toStreamPlan(streamPlanBody.parse(body), 8).options.maxNewTokens;
const SEGMENT = { task: 'segment', things: ['car'] };

it('leaves room for the masks of many things when nothing is said', () => {
  expect(newTokens({ tasks: [{ task: 'caption' }, SEGMENT] })).toBe(256);
  expect(newTokens({})).toBe(64);
  expect(newTokens({ tasks: [SEGMENT], max_new_tokens: 20 })).toBe(20);
});

it('leaves that room also when masks are asked for later', () => {
  expect(newTokens({ ...streamPlanBody.parse({}), tasks: [SEGMENT] })).toBe(256);
});
