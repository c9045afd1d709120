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
  await first.jobs.finish({ id: 'b', video: 'v' }, { state: 'done' }, { kind: 'state' }, 2);
  await first.close();
  const { jobs } = temporaryStore(path);
  expect(await jobs.requeue()).toBe(1);
  expect(await jobs.waiting()).toBe(2);
  expect(await jobs.countStates()).toMatchObject({ queued: 2, cancelled: 0 });
  expect(await jobs.begin('routine', 3)).toMatchObject({ id: 'a', attempts: 2 });
  expect(await jobs.begin('routine', 3)).toMatchObject({ id: 'c', attempts: 1 });
});

it('ends a job once, and tells it in the same breath', async () => {
  const { jobs, events } = temporaryStore();
  const a = await jobs.add(job('a'));
  const failure = { code: 'video_unreadable', message: 'no frame' };
  const told = { kind: 'state', state: 'failed' };
  expect(await jobs.finish(a, { state: 'failed', failure }, told, 9)).toEqual([
    { topic: 'videos/v', seq: 1, atMs: 9, event: told },
  ]);
  expect(await jobs.finish(a, { state: 'done' }, told, 10)).toEqual([]);
  expect(await jobs.get('a')).toMatchObject({ state: 'failed', failure, finishedMs: 9 });
  expect(await events.range('videos/v')).toEqual({ first: 1, last: 1 });
  expect(await jobs.get('nobody')).toBeNull();
});

it('leaves a job as it is when its end cannot be told', async () => {
  const { jobs } = temporaryStore();
  const a = await jobs.add(job('a'));
  await expect(jobs.finish(a, { state: 'done' }, { kind: 'state', bad: 1n }, 9)).rejects.toThrow('BigInt');
  expect(await jobs.get('a')).toMatchObject({ state: 'queued' });
});

it('puts one back as if it had not been begun', async () => {
  const { jobs } = temporaryStore();
  await jobs.add(job('a'));
  await jobs.begin('routine', 1);
  await jobs.release('a');
  expect(await jobs.begin('routine', 1)).toMatchObject({ id: 'a', attempts: 1 });
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
