import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/sqlite/open-store.js';
import type { Store } from '../../../src/store/store.js';
import { storePath } from './temporary-store.js';

const opened: Store[] = [];
function open(framesBytes: number, path = storePath()): Store {
  const store = openStore(path, { framesBytes });
  opened.push(store);
  return store;
}
const frame = (id: string, topic = 'streams/a', atMs = 1, bytes = 100) => ({
  ...{ id, topic, atMs, jpeg: new Uint8Array(bytes).fill(id.length) },
});
const kept = async ({ frames }: Store, ...ids: string[]) => {
  const found = await Promise.all(ids.map((id) => frames.get(id)));
  return ids.filter((_, i) => found[i] !== null);
};

it('keeps pictures as they are, over a restart, each name once', async () => {
  const path = storePath();
  const first = open(1000, path);
  await first.frames.put(frame('one'));
  await first.frames.put({ ...frame('one'), jpeg: new Uint8Array(7) });
  await first.close();
  const second = open(1000, path);
  const found = await second.frames.get('one');
  expect(found).toMatchObject({ id: 'one', topic: 'streams/a', atMs: 1 });
  expect([...(found?.jpeg ?? [])]).toEqual(Array.from({ length: 100 }, () => 3));
  expect(await second.frames.bytes()).toBe(100);
  expect(await second.frames.get('two')).toBeNull();
  await second.close();
});

it('lets the oldest make room, and keeps none that is larger than all may be', async () => {
  const store = open(350);
  for (const id of ['a', 'b', 'c']) await store.frames.put(frame(id));
  await store.frames.put(frame('d', 'videos/v', 1, 150));
  expect(await kept(store, 'a', 'b', 'c', 'd')).toEqual(['b', 'c', 'd']);
  await store.frames.put(frame('e', 'videos/v', 1, 351));
  expect(await kept(store, 'b', 'c', 'd', 'e')).toEqual(['b', 'c', 'd']);
  expect(await store.frames.bytes()).toBe(350);
  await store.close();
});

it('removes those of a topic alone', async () => {
  const store = open(1000);
  await store.frames.put(frame('a', 'streams/a'));
  await store.frames.put(frame('b', 'streams/ab'));
  await store.frames.removeTopic('streams/a');
  expect(await kept(store, 'a', 'b')).toEqual(['b']);
  expect(await store.frames.bytes()).toBe(100);
  await store.close();
});

it('removes what is too old, and what is older than all events that its topic still has', async () => {
  const store = open(10_000);
  const HOUR = 3_600_000;
  const at = (hours: number) => hours * HOUR;
  await store.events.append('streams/a', [{ event: { kind: 'caption' }, atMs: at(9) }]);
  await store.events.append('streams/none', [{ event: { kind: 'caption' }, atMs: at(1) }]);
  await store.frames.put(frame('ancient', 'streams/a', at(1)));
  await store.frames.put(frame('before', 'streams/a', at(8)));
  await store.frames.put(frame('just', 'streams/a', at(9) - 1000));
  await store.frames.put(frame('video', 'videos/v', at(1)));
  await store.frames.put(frame('other', 'streams/none', at(8)));
  await store.events.retain({ prefix: 'streams/none', olderThanMs: at(2), maxBytes: 1e9 });
  const limits = { prefix: 'streams/', olderThanMs: at(2), nowMs: at(10) };
  expect(await store.frames.retain(limits)).toBe(3);
  expect(await kept(store, 'ancient', 'before', 'just', 'video', 'other')).toEqual(['just', 'video']);
  await store.close();
});
