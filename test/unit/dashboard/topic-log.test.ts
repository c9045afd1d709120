import { beforeEach, expect, it, vi } from 'vitest';
import type { KeptEvent } from '../../../dashboard/live/event-bodies.js';
import type { LinkListener, LiveLink } from '../../../dashboard/live/live-link.js';
import { TopicLog } from '../../../dashboard/live/topic-log.js';

const TOPIC = 'videos/a';
let frames: (() => void)[] = [];
const nextFrame = (): void => {
  for (const frame of frames.splice(0)) frame();
};

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});

/** A log over a link that the test holds the other end of. */
function follow(back = Infinity) {
  const sent: unknown[] = [];
  const listeners = new Set<LinkListener>();
  const link = {
    listen: (listener: LinkListener) => {
      listeners.add(listener);
      listener.opened();
      return () => listeners.delete(listener);
    },
    send: (message: unknown) => sent.push(message) > 0,
  } as unknown as LiveLink;
  const fetched: unknown[] = [];
  const fetchPast = (topic: string, from: number, to: number, signal: AbortSignal): Promise<KeptEvent[]> => {
    fetched.push({ topic, from, to, signal });
    const past: KeptEvent[] = [];
    for (let seq = from; seq <= to; seq++)
      past.push({ seq, atMs: seq, event: { kind: 'state', state: 'live' } });
    return Promise.resolve(past);
  };
  const log = new TopicLog(link, TOPIC, back, { fetchPast, onIdle: () => undefined });
  const end = log.watch(() => undefined);
  const get = (type: string, more: object): void => {
    for (const listener of listeners) listener.message({ type, topic: TOPIC, ...more } as never);
  };
  const caption = (seq: number, clip = seq): void => {
    const event = { kind: 'caption', clip, job: 'j', task_index: 0, text: `cow ${clip}` };
    get('event', { seq, at: new Date(seq).toISOString(), event });
  };
  const partial = (clip: number, text: string): void => {
    const event = { kind: 'caption.partial', clip, job: 'j', task_index: 0, text, delta: text };
    get('event', { event });
  };
  const lose = (): void => {
    for (const listener of listeners) listener.lost();
  };
  const open = (): void => {
    for (const listener of listeners) listener.opened();
  };
  const seqs = (): number[] => log.view().events.map(({ seq }) => seq);
  return { log, end, sent, fetched, get, caption, partial, lose, open, seqs };
}

it('asks for all that is kept, and resumes by number when the link was lost', () => {
  const { sent, get, caption, lose, open, seqs } = follow();
  expect(sent).toEqual([{ type: 'subscribe', topic: TOPIC, after: 0 }]);
  get('subscribed', { first: 1, last: 2 });
  caption(1);
  caption(2);
  lose();
  open();
  expect(sent.at(-1)).toEqual({ type: 'subscribe', topic: TOPIC, after: 2 });
  caption(2);
  caption(3);
  nextFrame();
  expect(seqs()).toEqual([1, 2, 3]);
});

it('shows a text while it is written, until it is whole or the link is lost', () => {
  const { log, caption, partial, lose } = follow();
  partial(1, 'a');
  partial(1, 'a cow');
  partial(2, 'a');
  nextFrame();
  expect([...log.view().partials.values()].map(({ text }) => text)).toEqual(['a cow', 'a']);
  caption(1);
  nextFrame();
  expect([...log.view().partials.values()].map(({ clip }) => clip)).toEqual([2]);
  lose();
  nextFrame();
  expect(log.view().partials.size).toBe(0);
});

it('takes up a long topic near its end, and keeps no more than it was asked for', () => {
  const { sent, get, caption, seqs } = follow(3);
  expect(sent).toEqual([{ type: 'subscribe', topic: TOPIC }]);
  get('subscribed', { first: 1, last: 100 });
  expect(sent.at(-1)).toEqual({ type: 'subscribe', topic: TOPIC, after: 97 });
  for (let seq = 98; seq <= 105; seq++) caption(seq);
  nextFrame();
  expect(seqs()).toEqual([103, 104, 105]);
});

it('takes up a long topic near its end also when events of an earlier subscription are on their way', () => {
  const { log, sent, get, caption, partial, seqs } = follow(3);
  caption(99);
  partial(7, 'a c');
  caption(100);
  get('subscribed', { first: 1, last: 100 });
  expect(sent.at(-1)).toEqual({ type: 'subscribe', topic: TOPIC, after: 97 });
  for (const seq of [98, 99, 100]) caption(seq);
  nextFrame();
  expect(seqs()).toEqual([98, 99, 100]);
  expect(log.view()).toMatchObject({ isWhole: true, partials: new Map() });
});

it('puts earlier events before the others, and resumes in their midst when the link is lost then', () => {
  const { log, sent, get, caption, lose, open, seqs } = follow(2);
  get('subscribed', { first: 1, last: 10 });
  caption(9);
  caption(10);
  nextFrame();
  log.earlier(3);
  expect(sent.at(-1)).toEqual({ type: 'subscribe', topic: TOPIC, after: 5 });
  caption(6);
  lose();
  open();
  expect(sent.at(-1)).toEqual({ type: 'subscribe', topic: TOPIC, after: 6 });
  for (const seq of [7, 8, 9, 10]) caption(seq);
  nextFrame();
  expect(seqs()).toEqual([6, 7, 8, 9, 10]);
});

it('fetches an old event that is sought once, though new ones push it out again', () => {
  const { log, sent, get, caption, seqs } = follow(2);
  get('subscribed', { first: 1, last: 100 });
  log.seek(50);
  expect(sent).toHaveLength(2);
  caption(99);
  caption(100);
  nextFrame();
  log.seek(50);
  expect(sent.at(-1)).toEqual({ type: 'subscribe', topic: TOPIC, after: 29 });
  for (let seq = 30; seq <= 130; seq++) caption(seq);
  nextFrame();
  expect(seqs()[0]).toBeGreaterThan(50);
  log.seek(50);
  expect(sent).toHaveLength(3);
  log.seek(40);
  expect(sent).toHaveLength(4);
});

it('fetches what is sought far back apart from the newest, and no more than is around it', async () => {
  const { log, end, sent, fetched, get, caption, seqs } = follow(200);
  get('subscribed', { first: 1, last: 100_000 });
  for (let seq = 99_801; seq <= 100_000; seq++) caption(seq);
  nextFrame();
  log.seek(10);
  expect(sent).toHaveLength(2); // it was followed, and is
  expect(fetched).toMatchObject([{ topic: TOPIC, from: 1, to: 90 }]);
  caption(100_001);
  await vi.waitFor(() => {
    nextFrame();
    expect(log.view().past.map(({ seq }) => seq)).toContain(10);
  });
  expect(log.view().past).toHaveLength(90);
  expect(seqs()).toHaveLength(200);
  expect(seqs().at(-1)).toBe(100_001);
  log.seek(10);
  expect(fetched).toHaveLength(1);
  end();
  nextFrame();
  expect(log.view().past).toEqual([]);
});

it('takes back what it fetches of the past when something else is sought or nobody watches', () => {
  const { log, end, fetched, get } = follow(2);
  const areAborted = (): boolean[] => fetched.map((one) => (one as { signal: AbortSignal }).signal.aborted);
  get('subscribed', { first: 1, last: 0 });
  get('event', { seq: 5000, at: '', event: { kind: 'state', state: 'live' } });
  nextFrame();
  log.seek(10);
  log.seek(2000);
  expect(fetched).toMatchObject([{ from: 1 }, { from: 1980, to: 2080 }]);
  expect(areAborted()).toEqual([true, false]);
  end();
  expect(areAborted()).toEqual([true, true]);
});

it('tells what the server cannot keep and why, until it keeps something again', () => {
  const { log, get, caption, partial, lose, open } = follow();
  const pass = (event: object): void => {
    get('event', { at: new Date(50).toISOString(), event });
  };
  const told = (): unknown[] => log.view().unkept.map(({ event }) => event);
  caption(1);
  pass({ kind: 'error', code: 'store_full', message: 'the disk is full' });
  partial(2, 'a c');
  pass({ kind: 'caption', clip: 2, job: 'j', task_index: 0, text: 'a cow' });
  pass({ kind: 'caption', clip: 3, job: 'j', task_index: 0, text: 'a cat' });
  pass({ kind: 'state', state: 'stalled' });
  pass({ kind: 'error', clip: 4, code: 'too_long', message: 'this window failed' });
  nextFrame();
  expect(log.view().trouble).toBe('the disk is full');
  expect(log.view().partials.size).toBe(0);
  expect(told()).toMatchObject([{ text: 'a cat' }, { state: 'stalled' }, { clip: 4 }]);
  lose();
  open();
  caption(1);
  nextFrame();
  expect(log.view().trouble).toBe('the disk is full');
  get('event', { seq: 2, at: '', event: { kind: 'dropped', reason: 'not_kept', events: 4 } });
  nextFrame();
  expect(log.view().trouble).toBeNull();
  expect(told()).toEqual([{ kind: 'state', state: 'stalled' }]);
  get('event', { seq: 3, at: '', event: { kind: 'state', state: 'live' } });
  nextFrame();
  expect(told()).toEqual([]);
});

it('goes past numbers that are not kept any more', () => {
  const { sent, get, caption, lose, open } = follow();
  get('event', { event: { kind: 'gap', from: 1, to: 5 } });
  lose();
  open();
  expect(sent.at(-1)).toEqual({ type: 'subscribe', topic: TOPIC, after: 5 });
  caption(6);
});

it('tells what changed at most once a frame', () => {
  const { caption } = follow();
  for (let seq = 1; seq <= 50; seq++) caption(seq);
  expect(frames).toHaveLength(1);
});

it('ends its subscription with the last who watches', () => {
  const { end, sent } = follow();
  end();
  expect(sent.at(-1)).toEqual({ type: 'unsubscribe', topic: TOPIC });
});
