import { expect, it } from 'vitest';
import { ask, type Asked } from '../../../dashboard/live/ask.js';
import type { LinkListener, LiveLink } from '../../../dashboard/live/live-link.js';

const TOPIC = 'streams/a';

/** A question over a link that the test holds the other end of. */
function asking() {
  const listeners = new Set<LinkListener>();
  const link = {
    listen: (listener: LinkListener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: () => true,
  } as unknown as LiveLink;
  const told: Asked[] = [];
  ask(link, { topic: TOPIC, question: 'who?' }, (asked) => told.push(asked));
  const id = told[0]?.id ?? '';
  const get = (message: object): void => {
    for (const listener of listeners) listener.message({ topic: TOPIC, ...message } as never);
  };
  const event = { kind: 'answer', ask_id: id, text: 'a cow' };
  return {
    answer: (more: object = {}) => {
      get({ type: 'answer', id, event: { ...event, ...more } });
    },
    tell: (more: object) => {
      get({ type: 'event', event, ...more });
    },
    lose: () => {
      for (const listener of listeners) listener.lost();
    },
    now: () => told.at(-1),
    listeners,
  };
}

it('is answered, and in the topic once the answer has come there with a number', () => {
  const { answer, tell, now, listeners } = asking();
  answer({ kind: 'answer.partial', text: 'a c' });
  expect(now()).toMatchObject({ text: 'a c', isAnswered: false });
  answer();
  tell({});
  tell({ seq: 4, topic: 'streams/b' });
  tell({ seq: 4, event: { kind: 'answer', ask_id: null } });
  expect(now()).toMatchObject({ text: 'a cow', isAnswered: true, isInTopic: false });
  tell({ seq: 5 });
  expect(now()).toMatchObject({ isAnswered: true, isInTopic: true });
  expect(listeners.size).toBe(0);
});

it('fails with a lost link, but not once it is answered', () => {
  const early = asking();
  early.lose();
  expect(early.now()?.failure).toContain('lost');
  const late = asking();
  late.answer();
  late.lose();
  expect(late.now()).toMatchObject({ isAnswered: true, failure: null });
});
