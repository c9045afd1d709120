import { expect, it } from 'vitest';
import { EventCounts } from '../../../../src/delivery/operations/event-counts.js';

it('takes the stages of a result from its event and the time it was told', () => {
  const counts = new EventCounts(() => 10_200);
  counts.take({
    topic: 'streams/a',
    seq: 1,
    atMs: 10_000,
    event: {
      kind: 'caption',
      captured_at: new Date(9000).toISOString(),
      window_closed_at: new Date(9400).toISOString(),
      timing_ms: { queue: 100, encode: 1, prefill: 1, decode: 1, total: 1000 },
    },
  });
  const { publish, capture, capture_to_publish: whole } = counts.stages;
  expect(publish.sum).toBeCloseTo(0.2);
  expect(capture.sum).toBeCloseTo(0.4);
  expect(whole.sum).toBeCloseTo(1.2);
  expect([publish.count, capture.count, whole.count]).toEqual([1, 1, 1]);
  expect([...counts.told]).toEqual([['caption', 1]]);
});

it('counts no passing events, and no stages of what is no result', () => {
  const counts = new EventCounts(() => 5);
  counts.take({ topic: 'videos/a', seq: null, atMs: 0, event: { kind: 'progress' } });
  counts.take({ topic: 'videos/a', seq: 1, atMs: 0, event: { kind: 'state', state: 'done' } });
  expect([...counts.told]).toEqual([['state', 1]]);
  expect(counts.stages.capture_to_publish.count).toBe(0);
  expect(counts.stages.publish.count).toBe(1);
});
