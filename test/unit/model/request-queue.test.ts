import { describe, expect, it } from 'vitest';
import { DEFAULT_QUEUE_LIMITS, type QueueLimits } from '../../../src/model/queue-limits.js';
import { RequestQueue, type QueueItem } from '../../../src/model/request-queue.js';

interface Named extends QueueItem {
  readonly name: string;
}

/** `a1` is routine work of stream a; `a1?` a question. */
function item(name: string, over: Partial<QueueItem> = {}): Named {
  const priority = name.endsWith('?') ? 'question' : 'routine';
  return {
    ...{ name, priority, stream: name.slice(0, 1), deadlineMs: null },
    ...{ sequences: 1, tokens: 100, bytes: 10 },
    ...over,
  };
}

/** What of an item makes it work beside the decoder. */
const BESIDE = { sequences: 0, tokens: 0, bytes: 0 };

function queue(limits: Partial<QueueLimits> = {}) {
  const made = new RequestQueue<Named>({ ...DEFAULT_QUEUE_LIMITS, maxBatch: 1, ...limits });
  const add = (...items: (string | Named)[]) =>
    items.flatMap((one) => made.add(typeof one === 'string' ? item(one) : one)).map(({ name }) => name);
  const start = () => {
    const started: Named[] = [];
    for (let next = made.start(); next !== null; next = made.start()) started.push(next);
    return started;
  };
  /** Names in the order they run one by one. */
  const drain = () => {
    const names: string[] = [];
    for (let next = made.start(); next !== null; next = made.start()) {
      names.push(next.name);
      made.finish(next);
    }
    return names.join(' ');
  };
  return { queue: made, add, start, drain };
}

describe('RequestQueue', () => {
  it('begins questions before routine work, each in the order they came', () => {
    const { add, drain } = queue();
    add('a1', 'a2', 'b1?', 'a3?');
    expect(drain()).toBe('b1? a3? a1 a2');
  });

  it('lets streams take turns, whatever each has waiting', () => {
    const { add, drain } = queue();
    add('a1', 'a2', 'a3', 'b1', 'b2', 'c1');
    expect(drain()).toBe('a1 b1 c1 a2 b2 a3');
  });

  it('keeps a stream that comes back from going before those who wait', () => {
    const { queue: made, add, drain } = queue();
    add('a1', 'b1', 'c1');
    const first = made.start();
    add('a2');
    if (first !== null) made.finish(first);
    expect(drain()).toBe('b1 c1 a2');
  });

  it('begins waiting routine work after four questions in a row', () => {
    const { add, drain } = queue();
    add('a1', 'a2', ...Array.from('123456789', (n) => `q${n}?`));
    expect(drain()).toBe('q1? q2? q3? q4? a1 q5? q6? q7? q8? a2 q9?');
  });

  it('runs together what fits, and leaves a place for a question', () => {
    const { queue: made, add, start } = queue({ maxBatch: 3 });
    add('a1', 'b1', 'c1');
    expect(start().map(({ name }) => name)).toEqual(['a1', 'b1']);
    add('d1?');
    expect(start().map(({ name }) => name)).toEqual(['d1?']);
    add('e1?');
    expect(start()).toEqual([]);
    expect(made.running).toBe(3);
  });

  it('begins no routine work beside a question', () => {
    const { queue: made, add, start } = queue({ maxBatch: 4 });
    add('a1?', 'b1');
    const [question] = start();
    expect(question?.name).toBe('a1?');
    if (question !== undefined) made.finish(question);
    expect(start().map(({ name }) => name)).toEqual(['b1']);
  });

  it('counts beams as sequences and bounds the tokens that run together', () => {
    const { add, start } = queue({ maxBatch: 4, maxRunningTokens: 250 });
    add(item('a1?', { sequences: 3 }), item('b1?', { sequences: 2 }));
    expect(start().map(({ name }) => name)).toEqual(['a1?']);
    const many = queue({ maxBatch: 9, maxRunningTokens: 250 });
    many.add('a1?', 'b1?', 'c1?');
    expect(many.start()).toHaveLength(2);
  });

  it('begins a request that is over every limit when nothing else runs', () => {
    const { add, start } = queue({ maxRunningTokens: 50 });
    add(item('a1', { sequences: 9 }));
    expect(start()).toHaveLength(1);
  });

  it('begins work beside the decoder at once, whatever runs and waits', () => {
    const { queue: made, add, start } = queue({ maxBatch: 2 });
    add('a1?', 'b1?', 'c1?', 'd1');
    expect(start().map(({ name }) => name)).toEqual(['a1?', 'b1?']);
    add(item('masks?', BESIDE));
    expect(start().map(({ name }) => name)).toEqual(['masks?']);
    expect(made.waiting).toBe(2);
  });

  it('does not count work beside the decoder among the questions in a row', () => {
    const { queue: made, add, drain } = queue();
    const next = () => {
      const begun = made.start();
      if (begun !== null) made.finish(begun);
      return begun?.name;
    };
    add('a1', ...Array.from('12345', (n) => `q${n}?`));
    expect([next(), next()]).toEqual(['q1?', 'q2?']);
    add(item('m1?', BESIDE), item('m2?', BESIDE));
    expect(drain()).toBe('m1? m2? q3? q4? a1 q5?');
  });

  it('refuses no work beside the decoder, and nothing in its place', () => {
    const { queue: made, add } = queue({ maxWaiting: 2, maxWaitingBytes: 20 });
    add('a1', 'b1?');
    expect(add(item('m1?', BESIDE), item('m2?', BESIDE))).toEqual([]);
    expect([made.waitingOf('question'), made.waitingOf('routine')]).toEqual([3, 1]);
  });

  it('keeps work beside the decoder from what is to be tried again, and takes it out', () => {
    const { queue: made, add, start } = queue({ maxBatch: 4 });
    add('a1');
    const [first] = start();
    if (first !== undefined) made.retry(first);
    const [kept, cancelled] = [item('m1?', BESIDE), item('m2?', BESIDE)];
    add(kept, cancelled);
    expect(start().map(({ name }) => name)).toEqual(['a1']);
    expect([made.remove(cancelled), made.remove(cancelled)]).toEqual([true, false]);
    if (first !== undefined) made.finish(first);
    expect(start()).toEqual([kept]);
  });

  it('runs what has to be tried again first and alone', () => {
    const { queue: made, add, start } = queue({ maxBatch: 4 });
    add('a1', 'b1', 'c1?');
    const [a, b] = [made.start(), made.start()];
    expect([a?.name, b]).toEqual(['c1?', null]);
    if (a !== null) made.finish(a);
    const both = start();
    add('d1?');
    for (const one of both) made.retry(one);
    for (const name of ['a1', 'b1']) {
      const [alone, ...others] = start();
      expect([alone?.name, others]).toEqual([name, []]);
      if (alone !== undefined) made.finish(alone);
    }
    expect(start().map(({ name }) => name)).toEqual(['d1?']);
  });

  it('tries questions again before routine work', () => {
    const { queue: made, add } = queue({ maxBatch: 4 });
    add('a1');
    const routine = made.start();
    add('b1?', 'c1?');
    const questions = [made.start(), made.start()];
    for (const one of [routine, ...questions]) if (one !== null) made.retry(one);
    expect(made.start()?.name).toBe('b1?');
  });

  it('refuses the newest routine work over half of the room, and takes questions for longer', () => {
    const { add, drain } = queue({ maxWaiting: 4 });
    expect(add('a1', 'b1', 'c1')).toEqual(['c1']);
    expect(add('d1?', 'e1?')).toEqual([]);
    expect(drain()).toBe('d1? e1? a1 b1');
  });

  it('gives the place of the newest waiting routine work to a question', () => {
    const { add, drain } = queue({ maxWaiting: 4 });
    add('a1', 'b1', 'c1?', 'd1?');
    expect(add('e1?')).toEqual(['b1']);
    expect(add('f1?')).toEqual(['a1']);
    expect(add('g1?')).toEqual(['g1?']);
    expect(drain()).toBe('c1? d1? e1? f1?');
  });

  it('bounds the bytes that wait, and takes at least one request', () => {
    const { queue: made, add } = queue({ maxWaitingBytes: 100 });
    expect(add(item('a1', { bytes: 500 }))).toEqual([]);
    expect(add('b1')).toEqual(['b1']);
    expect(add(item('c1?', { bytes: 60 }))).toEqual(['a1']);
    expect(add(item('d1?', { bytes: 60 }))).toEqual(['d1?']);
    expect(made.waitingBytes).toBe(60);
  });

  it('refuses nobody in vain', () => {
    const { add, drain } = queue({ maxWaitingBytes: 100 });
    add('a1', item('b1?', { bytes: 80 }));
    expect(add(item('c1?', { bytes: 30 }))).toEqual(['c1?']);
    expect(drain()).toBe('b1? a1');
  });

  it('takes out what has expired, but nothing that was begun and is to be tried again', () => {
    const { queue: made, add, drain } = queue();
    add(item('a1', { deadlineMs: 50 }));
    const first = made.start();
    if (first !== null) made.retry(first);
    add(item('b1', { deadlineMs: 100 }), item('c1', { deadlineMs: 101 }), 'd1');
    expect(made.nextDeadlineMs).toBe(100);
    expect(made.removeExpired(100).map(({ name }) => name)).toEqual(['b1']);
    expect(drain()).toBe('a1 c1 d1');
  });

  it('takes out what is cancelled, once', () => {
    const { queue: made, add, drain } = queue();
    const cancelled = item('a1');
    add(cancelled, 'a2');
    expect([made.remove(cancelled), made.remove(cancelled)]).toEqual([true, false]);
    expect(made.waitingOf('routine')).toBe(1);
    expect(drain()).toBe('a2');
  });
});
