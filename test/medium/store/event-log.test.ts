import Database from 'libsql';
import { describe, expect, it, vi } from 'vitest';
import { EventRetention } from '../../../src/store/sqlite/event-retention.js';
import { migrate } from '../../../src/store/sqlite/migrate.js';
import { storePath, temporaryStore } from './temporary-store.js';

const caption = (text: string, atMs = 0) => ({ event: { kind: 'caption', text }, atMs, words: text });
const numbers = (events: readonly { readonly seq: number }[]) => events.map(({ seq }) => seq);

describe('numbers', () => {
  it('count in each topic by itself, and go on after the file was closed', async () => {
    const path = storePath();
    const first = temporaryStore(path);
    expect(numbers(await first.events.append('streams/a', [caption('one'), caption('two')]))).toEqual([1, 2]);
    expect(numbers(await first.events.append('streams/b', [caption('one')]))).toEqual([1]);
    await first.close();
    const second = temporaryStore(path);
    const [third] = await second.events.append('streams/a', [caption('three', 5)]);
    expect(third).toEqual({ topic: 'streams/a', seq: 3, atMs: 5, event: { kind: 'caption', text: 'three' } });
    expect(numbers(await second.events.after('streams/a', 1, 10))).toEqual([2, 3]);
    expect(numbers(await second.events.after('streams/a', 0, 2))).toEqual([1, 2]);
    expect(await second.events.range('streams/a')).toEqual({ first: 1, last: 3 });
    expect(await second.events.range('streams/c')).toEqual({ first: 1, last: 0 });
  });

  it('skip none where a key keeps an event out', async () => {
    const { events } = temporaryStore();
    const keyed = (key: string) => ({ ...caption(key), key, job: 'j' });
    expect(numbers(await events.append('videos/v', [keyed('a'), keyed('b')]))).toEqual([1, 2]);
    const kept = await events.append('videos/v', [keyed('b'), keyed('c'), keyed('a'), keyed('d')]);
    expect(kept.map(({ seq, event }) => [seq, event['text']])).toEqual([
      [3, 'c'],
      [4, 'd'],
    ]);
    await events.append('videos/v', [{ event: { kind: 'error' }, atMs: 0, key: 'e', job: 'j' }]);
    const kinds = ['a', 'b', 'c', 'd'].map((key) => [key, 'caption'] as const);
    expect(await events.keys('j')).toEqual(new Map([...kinds, ['e', 'error']]));
    expect(numbers(await events.results('j', 1, 2))).toEqual([2, 3]);
    expect(numbers(await events.append('videos/w', [keyed('a')]))).toEqual([1]);
  });

  it('are not given when one of several events cannot be kept', async () => {
    const { events } = temporaryStore();
    const bad = { event: { kind: 'caption', text: 1n }, atMs: 0 };
    await expect(events.append('streams/a', [caption('one'), bad])).rejects.toThrow('BigInt');
    expect(await events.range('streams/a')).toEqual({ first: 1, last: 0 });
  });
});

describe('retention', () => {
  const limits = { prefix: 'streams/', olderThanMs: 0, maxBytes: Infinity };

  it('removes what is too old, and never gives a number again', async () => {
    const { events } = temporaryStore();
    await events.append(
      'streams/a',
      [1, 2, 3].map((atMs) => caption(`at ${String(atMs)}`, atMs)),
    );
    expect(await events.retain({ ...limits, olderThanMs: 3 })).toBe(2);
    expect(await events.range('streams/a')).toEqual({ first: 3, last: 3 });
    expect(await events.retain({ ...limits, olderThanMs: 9 })).toBe(1);
    expect(await events.range('streams/a')).toEqual({ first: 4, last: 3 });
    expect(numbers(await events.append('streams/a', [caption('next', 9)]))).toEqual([4]);
  });

  it('removes what is too old of every topic, however much that is', async () => {
    const { events } = temporaryStore();
    await events.append('videos/v', [caption('old', 1)]);
    for (const topic of ['streams/a', 'streams/b']) {
      const old = Array.from({ length: 1100 }, () => caption('old', 1));
      await events.append(topic, [...old, caption('new', 5)]);
    }
    await events.append('streams/c', [caption('new', 5)]);
    expect(await events.retain({ ...limits, olderThanMs: 5 })).toBe(2200);
    expect(await events.range('streams/a')).toEqual({ first: 1101, last: 1101 });
    expect(await events.range('streams/b')).toEqual({ first: 1101, last: 1101 });
    expect(await events.range('streams/c')).toEqual({ first: 1, last: 1 });
    expect(await events.range('videos/v')).toEqual({ first: 1, last: 1 });
  });

  it('finds what is too old at the beginning of a topic, without reading through all events', () => {
    const database = new Database(':memory:');
    migrate(database, ':memory:');
    const prepare = vi.spyOn(database, 'prepare');
    new EventRetention(database);
    const ofAge = prepare.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('at_ms'));
    expect(ofAge).toHaveLength(1);
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${ofAge.join('')}`).all({ prefix: '', olderThanMs: 0 });
    const steps = (plan as { detail: string }[]).map(({ detail }) => detail);
    expect(steps.filter((step) => step.includes('events'))).toEqual(
      steps.filter((step) => step.startsWith('SEARCH events')),
    );
    database.close();
  });

  it('removes the oldest of all topics until the bytes fit, and leaves other topics alone', async () => {
    const { events } = temporaryStore();
    const long = 'x'.repeat(1000);
    await events.append('videos/v', [caption(long)]);
    for (let i = 0; i < 1200; i++) await events.append(`streams/${String(i % 2)}`, [caption(long)]);
    expect(await events.retain({ ...limits, maxBytes: 400_000 })).toBe(1000);
    expect(await events.range('streams/0')).toEqual({ first: 501, last: 600 });
    expect(await events.range('streams/1')).toEqual({ first: 501, last: 600 });
    expect(await events.range('videos/v')).toEqual({ first: 1, last: 1 });
    expect(await events.retain({ ...limits, maxBytes: 400_000 })).toBe(0);
  });

  it('takes the words out of the search', async () => {
    const { events } = temporaryStore();
    await events.append('streams/a', [caption('a zebra', 1)]);
    await events.retain({ ...limits, olderThanMs: 2 });
    expect(await events.search({ words: 'zebra', order: 'best', limit: 9, offset: 0 })).toEqual([]);
  });
});

describe('search', () => {
  const query = { order: 'newest', limit: 10, offset: 0 } as const;

  async function filled() {
    const { events } = temporaryStore();
    await events.append('streams/a', [
      caption('A brown dog chases a cat', 10),
      caption('Two cats sleep', 20),
    ]);
    await events.append('videos/v', [
      { event: { kind: 'answer', text: 'a red café' }, atMs: 30, words: 'a red café' },
      { event: { kind: 'state' }, atMs: 40 },
    ]);
    const texts = async (over: object) =>
      (await events.search({ ...query, words: '', ...over })).map(({ event }) => event['text']);
    return { events, texts };
  }

  it('finds by all words, without case and accents, the last one by its beginning', async () => {
    const { texts } = await filled();
    expect(await texts({ words: 'CHASES dog' })).toEqual(['A brown dog chases a cat']);
    expect(await texts({ words: 'cat' })).toEqual(['Two cats sleep', 'A brown dog chases a cat']);
    expect(await texts({ words: 'cafe' })).toEqual(['a red café']);
    expect(await texts({ words: 'cat sleep' })).toEqual([]);
    expect(await texts({ words: '") OR "' })).toEqual([]);
  });

  it('narrows by topic, kind and time, and pages', async () => {
    const { texts } = await filled();
    expect(await texts({ words: 'a', topic: 'videos/v' })).toEqual(['a red café']);
    expect(await texts({ words: 'a', kinds: ['caption', 'text'] })).toEqual(['A brown dog chases a cat']);
    expect(await texts({ words: 'cat', fromMs: 10, toMs: 20 })).toEqual(['A brown dog chases a cat']);
    expect(await texts({ words: 'a', limit: 1, offset: 1 })).toEqual(['A brown dog chases a cat']);
  });

  it('shows where the words are', async () => {
    const { events } = await filled();
    const [hit] = await events.search({ ...query, order: 'best', words: 'brown dog' });
    expect(hit).toMatchObject({
      topic: 'streams/a',
      seq: 1,
      atMs: 10,
      excerpt: 'A [brown] [dog] chases a cat',
    });
  });
});

it('removes a topic with its words', async () => {
  const { events } = temporaryStore();
  await events.append('videos/v', [caption('a zebra')]);
  await events.removeTopic('videos/v');
  expect(await events.range('videos/v')).toEqual({ first: 1, last: 0 });
  expect(await events.search({ words: 'zebra', order: 'best', limit: 9, offset: 0 })).toEqual([]);
});

it('removes the events of a topic with their words, and gives no number again', async () => {
  const { events } = temporaryStore();
  await events.append('streams/a', [caption('a zebra'), caption('a lion')]);
  await events.removeEvents('streams/a');
  expect(await events.range('streams/a')).toEqual({ first: 3, last: 2 });
  expect(await events.after('streams/a', 0, 10)).toEqual([]);
  expect(await events.search({ words: 'zebra', order: 'best', limit: 9, offset: 0 })).toEqual([]);
  expect(numbers(await events.append('streams/a', [caption('a cow')]))).toEqual([3]);
});
