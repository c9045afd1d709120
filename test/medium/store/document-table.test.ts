import { expect, it } from 'vitest';
import type { StoredStream } from '../../../src/store/stored-stream.js';
import { temporaryStore } from './temporary-store.js';

const stream = (id: string, createdMs: number): StoredStream => ({
  id,
  createdMs,
  name: id,
  source: { url: 'rtsp://user:secret@camera' },
  shownUrl: 'rtsp://camera',
  plan: { tasks: [] },
  isRunning: true,
});

it('writes, changes, lists newest first and removes', async () => {
  const { streams } = temporaryStore();
  for (const [id, at] of [
    ['a', 1],
    ['b', 3],
    ['c', 2],
  ] as const)
    await streams.put(stream(id, at));
  await streams.put({ ...stream('a', 1), name: 'yard' });
  expect(await streams.get('a')).toEqual({ ...stream('a', 1), name: 'yard' });
  expect((await streams.list(2, 0)).map(({ id }) => id)).toEqual(['b', 'c']);
  expect((await streams.list(2, 2)).map(({ id }) => id)).toEqual(['a']);
  expect(await streams.remove('b')).toBe(true);
  expect(await streams.remove('b')).toBe(false);
  expect(await streams.count()).toBe(2);
  expect(await streams.get('b')).toBeNull();
});
