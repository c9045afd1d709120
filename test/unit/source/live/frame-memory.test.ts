import { expect, it } from 'vitest';
import { FrameMemory } from '../../../../src/source/live/frame-memory.js';
import { liveFrame } from './live-frame.js';

it('keeps the newest frames that its bytes hold', () => {
  const memory = new FrameMemory(3 * 192);
  for (let i = 0; i < 10; i++) memory.add(liveFrame(i));
  expect(memory.since(-1).map((frame) => frame.timestampSeconds)).toEqual([7, 8, 9]);
  expect(memory.since(8.5).map((frame) => frame.timestampSeconds)).toEqual([9]);
  expect(memory.bytes).toBe(576);
  expect(memory.find('t7')?.timestampSeconds).toBe(7);
  expect(memory.find('t6')).toBeUndefined();
});

it('keeps one frame that is larger than all it may hold', () => {
  const memory = new FrameMemory(1);
  memory.add(liveFrame(0));
  memory.add(liveFrame(1));
  expect(memory.newest?.timestampSeconds).toBe(1);
  expect(memory.since(0)).toHaveLength(1);
});
