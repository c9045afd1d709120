import { expect, it } from 'vitest';
import type { TopicEvent } from '../../../src/delivery/live/topic-event.js';
import { TopicHub } from '../../../src/delivery/live/topic-hub.js';
import { RetryableError } from '../../../src/shared/errors.js';
import type { EventLog, NewEvent } from '../../../src/store/event-log.js';

/** A hub on a log that fails as long as it is told to, and what a listener of `a` hears. */
function hubWithListener() {
  const state: { failure: Error | null } = { failure: null };
  let seq = 0;
  const append = (topic: string, events: readonly NewEvent[]) =>
    state.failure === null
      ? Promise.resolve(events.map(({ event, atMs }) => ({ topic, seq: ++seq, atMs, event })))
      : Promise.reject(state.failure);
  const hub = new TopicHub({ append } as unknown as EventLog, () => 5);
  const heard: TopicEvent[] = [];
  hub.listen('a', (event) => heard.push(event));
  return { hub, state, heard, told: () => heard.map(({ seq: number, event }) => [number, event]) };
}

const full = new RetryableError('store_full', 'the disk is full: make room');
const caption = (text: string) => [{ event: { kind: 'caption', text } }];

it('tells what cannot be kept without a number, and how much it was once it can', async () => {
  const { hub, state, told } = hubWithListener();
  await hub.publishOnce('a', caption('1'));
  state.failure = full;
  await expect(hub.publishOnce('a', caption('2'))).rejects.toBe(full);
  await hub.publishOnce('a', caption('3')); // said once
  state.failure = null;
  await hub.publishOnce('a', caption('4'));
  await hub.publishOnce('a', caption('5'));
  expect(told()).toEqual([
    [1, { kind: 'caption', text: '1' }],
    [null, { kind: 'error', code: 'store_full', message: 'the disk is full: make room' }],
    [null, { kind: 'caption', text: '2' }],
    [null, { kind: 'caption', text: '3' }],
    [2, { kind: 'dropped', reason: 'not_kept', events: 2 }],
    [3, { kind: 'caption', text: '4' }],
    [4, { kind: 'caption', text: '5' }],
  ]);
});

it('tells nothing of what a bug kept from being kept', async () => {
  const { hub, state, heard } = hubWithListener();
  state.failure = new TypeError('x is undefined');
  await expect(hub.publishOnce('a', caption('1'))).rejects.toThrow('x is undefined');
  expect(heard).toEqual([]);
});

it('goes on in turn after a failure', async () => {
  const { hub, state, told } = hubWithListener();
  state.failure = full;
  await expect(hub.publish('a', caption('1'))).rejects.toBe(full);
  state.failure = null;
  hub.tell('a', { kind: 'progress' });
  await hub.publish('a', caption('2'));
  expect(told().map(([seq]) => seq)).toEqual([null, 1]);
});
