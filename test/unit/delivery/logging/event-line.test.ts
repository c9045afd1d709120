import { expect, it } from 'vitest';
import { eventLine } from '../../../../src/delivery/logging/event-line.js';

const told = (topic: string, event: { kind: string } & Record<string, unknown>, seq: number | null = 7) =>
  eventLine({ topic, seq, atMs: 0, event });

it('tells how a stream is, and why', () => {
  const event = {
    kind: 'state',
    state: 'retrying',
    reason: 'gone',
    code: 'x',
    attempt: 2,
    retry_in_seconds: 5,
  };
  expect(told('streams/a', event)).toEqual({
    level: 'warn',
    message: 'stream retrying',
    fields: { stream: 'a', reason: 'gone', code: 'x', attempt: 2, retry_in_seconds: 5 },
  });
  expect(told('streams/a', { kind: 'state', state: 'live', reason: 'frames come', code: null })).toEqual({
    level: 'info',
    message: 'stream live',
    fields: { stream: 'a', reason: 'frames come' },
  });
});

it('tells how a job is, and why it failed', () => {
  const event = { kind: 'state', state: 'failed', job: 'j', code: 'video_unreadable', message: 'it is cut' };
  expect(told('videos/v', event)).toEqual({
    level: 'error',
    message: 'job failed',
    fields: { video: 'v', job: 'j', code: 'video_unreadable', reason: 'it is cut' },
  });
});

it('tells who was answered and when, and never what was asked or seen', () => {
  const event = { kind: 'answer', ask_id: 'q', question: 'who?', text: 'a thief', timing_ms: { total: 12 } };
  const line = told('streams/a', event);
  expect(line).toMatchObject({ level: 'info', message: 'question answered', fields: { ask: 'q', ms: 12 } });
  expect(JSON.stringify(line)).not.toMatch(/who|thief/);
  expect(told('streams/a', { ...event, ask_id: null })).toMatchObject({
    level: 'debug',
    message: 'result told',
  });
});

it('passes over what is passing', () => {
  expect(told('videos/v', { kind: 'progress' }, null)).toBeNull();
});
