import { expect, it } from 'vitest';
import { storePath, temporaryStore } from './temporary-store.js';

const job = (id: string, over: object = {}) => ({
  id,
  video: 'v',
  lane: 'routine' as const,
  plan: { tasks: [id] },
  createdMs: 1,
  ...over,
});

it('begins the oldest of a lane', async () => {
  const { jobs } = temporaryStore();
  for (const id of ['a', 'b']) await jobs.add(job(id));
  await jobs.add(job('q', { lane: 'ask' }));
  expect(await jobs.begin('routine', 5)).toMatchObject({
    id: 'a',
    state: 'running',
    attempts: 1,
    startedMs: 5,
  });
  expect(await jobs.begin('routine', 6)).toMatchObject({ id: 'b', plan: { tasks: ['b'] } });
  expect(await jobs.begin('routine', 7)).toBeNull();
  expect(await jobs.begin('ask', 7)).toMatchObject({ id: 'q' });
});

it('gives what was running when the process died to the next one, in its old place', async () => {
  const path = storePath();
  const first = temporaryStore(path);
  for (const id of ['a', 'b', 'c']) await first.jobs.add(job(id));
  await first.jobs.begin('routine', 1);
  await first.jobs.finish('b', { state: 'done' }, 2);
  await first.close();
  const { jobs } = temporaryStore(path);
  expect(await jobs.requeue()).toBe(1);
  expect(await jobs.waiting()).toBe(2);
  expect(await jobs.begin('routine', 3)).toMatchObject({ id: 'a', attempts: 2 });
  expect(await jobs.begin('routine', 3)).toMatchObject({ id: 'c', attempts: 1 });
});

it('ends a job once', async () => {
  const { jobs } = temporaryStore();
  await jobs.add(job('a'));
  const failure = { code: 'video_unreadable', message: 'no frame' };
  expect(await jobs.finish('a', { state: 'failed', failure }, 9)).toBe(true);
  expect(await jobs.finish('a', { state: 'done' }, 10)).toBe(false);
  expect(await jobs.get('a')).toMatchObject({ state: 'failed', failure, finishedMs: 9 });
  expect(await jobs.finish('nobody', { state: 'done' }, 10)).toBe(false);
  expect(await jobs.get('nobody')).toBeNull();
});

it('keeps how far a job is, and lists and removes those of a video', async () => {
  const { jobs } = temporaryStore();
  await jobs.add(job('b'));
  await jobs.add(job('a'));
  await jobs.add(job('other', { video: 'w' }));
  await jobs.progress('a', 0.5);
  expect((await jobs.ofVideo('v')).map(({ id, progress }) => [id, progress])).toEqual([
    ['b', null],
    ['a', 0.5],
  ]);
  await jobs.removeOfVideo('v');
  expect(await jobs.ofVideo('v')).toEqual([]);
  expect(await jobs.ofVideo('w')).toHaveLength(1);
});
