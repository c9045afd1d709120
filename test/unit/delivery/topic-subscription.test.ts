import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { TopicHub } from '../../../src/delivery/live/topic-hub.js';
import { TopicSubscription } from '../../../src/delivery/live/topic-subscription.js';
import type { EventLog } from '../../../src/store/event-log.js';
import type { StoredEvent } from '../../../src/store/stored-event.js';

const stored = (seq: number): StoredEvent => ({
  topic: 't',
  seq,
  atMs: 0,
  event: { kind: 'caption', text: String(seq) },
});

/**
 * A store elsewhere, whose pages arrive when the test says so; `first` is the oldest number it still has, unless the
 * topic is gone.
 */
function slowLog(kept: number) {
  const events = Array.from({ length: kept }, (_, i) => stored(i + 1));
  const pages: (() => void)[] = [];
  const state = { first: 1, isGone: false, answered: Promise.resolve() };
  const log: Pick<EventLog, 'append' | 'range' | 'after'> = {
    append: async (_topic, added) => {
      const news = added.map((_, i) => stored(events.length + 1 + i));
      events.push(...news);
      await state.answered;
      return news;
    },
    range: () =>
      Promise.resolve(state.isGone ? { first: 1, last: 0 } : { first: state.first, last: events.length }),
    after: (_topic, seq, limit) => {
      const kept = state.isGone ? [] : events.filter((event) => event.seq >= state.first);
      const page = kept.filter((event) => event.seq > seq).slice(0, limit);
      return new Promise((resolve) => {
        pages.push(() => {
          resolve(page);
        });
      });
    },
  };
  return { log: log as EventLog, pages, state };
}

function follow(kept: number, after: number | null) {
  const { log, pages, state } = slowLog(kept);
  const hub = new TopicHub(log);
  const got: string[] = [];
  const subscription = new TopicSubscription(
    hub,
    log,
    { topic: 't', after, kinds: null },
    {
      event: ({ seq }) => got.push(String(seq)),
      passing: () => got.push('passing'),
      gap: (from, to) => got.push(`gap ${String(from)}-${String(to)}`),
      drained: () => Promise.resolve(),
    },
  );
  const publish = () => hub.publish('t', [{ event: { kind: 'caption' } }]);
  /** Waits until the next page has been asked for. */
  const asked = () =>
    vi.waitFor(() => {
      expect(pages).toHaveLength(1);
    });
  /** Lets the next page arrive. */
  const arrive = async (): Promise<void> => {
    await asked();
    pages.shift()?.();
  };
  return { subscription, hub, got, publish, asked, arrive, state };
}

it('misses nothing that is published while a page is on its way, an empty one too', async () => {
  const { subscription, got, publish, asked, arrive } = follow(2, 0);
  await subscription.open();
  const replay = subscription.replay();
  await publish(); // 3, while 1 and 2 are on their way
  await arrive();
  await arrive(); // 3
  await asked();
  await publish(); // 4, while nothing is on its way
  await arrive();
  await arrive(); // 4
  await arrive(); // nothing
  await replay;
  await publish(); // 5
  expect(got).toEqual(['1', '2', '3', '4', '5']);
});

it('gives nothing twice that was read from the store before it was told', async () => {
  const { subscription, got, publish, arrive, state } = follow(1, 0);
  await subscription.open();
  let answer = (): void => undefined;
  state.answered = new Promise((resolve) => (answer = resolve));
  const published = publish();
  await setImmediate(); // 2 is in the store, which has not said so yet
  const replay = subscription.replay();
  await arrive();
  await arrive();
  await replay;
  answer();
  await published;
  await publish(); // 3
  expect(got).toEqual(['1', '2', '3']);
});

it('gives passing events only once the replay is over', async () => {
  const { subscription, hub, got, arrive } = follow(2, 0);
  await subscription.open();
  const replay = subscription.replay();
  hub.tell('t', { kind: 'caption.partial' });
  await arrive();
  await arrive();
  await replay;
  hub.tell('t', { kind: 'caption.partial' });
  await hub.settled();
  expect(got).toEqual(['1', '2', 'passing']);
});

it('tells of what retention takes away during the replay', async () => {
  const { subscription, got, arrive, state } = follow(3, 0);
  await subscription.open();
  const replay = subscription.replay();
  state.first = 4; // all are gone by now, and the page holds the old ones
  await arrive();
  await arrive();
  await replay;
  expect(got).toEqual(['1', '2', '3']);

  const late = follow(5, 1);
  late.state.first = 5;
  await late.subscription.open();
  const rest = late.subscription.replay();
  await late.arrive();
  await late.arrive();
  await rest;
  expect(late.got).toEqual(['gap 2-4', '5']);

  const empty = follow(5, 1);
  empty.state.first = 6;
  await empty.subscription.open();
  const none = empty.subscription.replay();
  await empty.arrive();
  await none;
  expect(empty.got).toEqual(['gap 2-5']);
});

it('is over when its topic is deleted during the replay, whatever was told meanwhile', async () => {
  const { subscription, got, publish, asked, arrive, state } = follow(2, 0);
  await subscription.open();
  const replay = subscription.replay();
  await asked();
  await publish(); // 3, which nobody can read any more
  state.isGone = true;
  await arrive(); // 1 and 2
  await arrive(); // nothing
  await replay;
  expect(got).toEqual(['1', '2']);
});

it('gives nothing after it was closed, though a page arrives', async () => {
  const { subscription, got, publish, arrive } = follow(3, 0);
  await subscription.open();
  const replay = subscription.replay();
  subscription.close();
  await arrive();
  await replay;
  await publish();
  expect(got).toEqual([]);
});

it('waits within a page, too, and gives nothing more of it when it is closed meanwhile', async () => {
  const log: Pick<EventLog, 'range' | 'after'> = {
    range: () => Promise.resolve({ first: 1, last: 100 }),
    after: (_topic, seq) => Promise.resolve(Array.from({ length: 100 - seq }, (_, i) => stored(seq + 1 + i))),
  };
  const got: (number | null)[] = [];
  let drain = (): void => undefined;
  const sink = {
    event: ({ seq }: { seq: number | null }) => got.push(seq),
    passing: vi.fn(),
    gap: vi.fn(),
    drained: () =>
      got.length % 50 === 1 ? new Promise<void>((resolve) => (drain = resolve)) : Promise.resolve(),
  };
  const options = { topic: 't', after: 0, kinds: null };
  const subscription = new TopicSubscription(new TopicHub(log as EventLog), log as EventLog, options, sink);
  await subscription.open();
  const replay = subscription.replay();
  await setImmediate();
  expect(got).toEqual([1]);
  drain();
  await setImmediate();
  expect(got).toHaveLength(51);
  subscription.close();
  drain();
  await replay;
  expect(got).toHaveLength(51);
});

it('gives others a turn after each page, also where it holds nothing that is wanted', async () => {
  const turns: number[] = []; // that others had had at each page
  let had = 0;
  const log: Pick<EventLog, 'range' | 'after'> = {
    range: () => Promise.resolve({ first: 1, last: 1000 }),
    after: (_topic, seq, limit) => {
      turns.push(had);
      const left = Math.min(limit, 1000 - seq);
      return Promise.resolve(Array.from({ length: left }, (_, i) => stored(seq + 1 + i)));
    },
  };
  const sink = { event: vi.fn(), passing: vi.fn(), gap: vi.fn(), drained: () => Promise.resolve() };
  const options = { topic: 't', after: 0, kinds: new Set(['answer']) };
  const subscription = new TopicSubscription(new TopicHub(log as EventLog), log as EventLog, options, sink);
  await subscription.open();
  const others = (async () => {
    for (; had < 100; had++) await setImmediate();
  })();
  await subscription.replay();
  await others;
  expect(turns.length).toBeGreaterThan(10);
  expect(new Set(turns).size).toBe(turns.length);
  expect(sink.event).not.toHaveBeenCalled();
});

it('gives others a turn after a page with nothing on it', async () => {
  let turns = 0; // that others have had
  let pages = 0;
  const log: Pick<EventLog, 'range' | 'after'> = {
    range: () => Promise.resolve({ first: 1, last: turns < 5 ? 9 : 0 }), // told to have some, for a while
    after: () => (++pages > 50 ? Promise.reject(new Error('nobody else has a turn')) : Promise.resolve([])),
  };
  const sink = { event: vi.fn(), passing: vi.fn(), gap: vi.fn(), drained: () => Promise.resolve() };
  const options = { topic: 't', after: 0, kinds: null };
  const subscription = new TopicSubscription(new TopicHub(log as EventLog), log as EventLog, options, sink);
  await subscription.open();
  const others = (async () => {
    for (; turns < 10; turns++) await setImmediate();
  })();
  await subscription.replay();
  await others;
  expect(pages).toBeLessThan(15);
});
