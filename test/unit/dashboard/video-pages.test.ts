import { environmentManager, InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { videoPagesQuery } from '../../../dashboard/api/queries.js';

/** The server's videos, the newest first. */
let kept: { id: string; job: { state: string } | null }[] = [];
let requests = 0;

beforeEach(() => {
  vi.useFakeTimers();
  environmentManager.setIsServer(() => false);
  kept = Array.from({ length: 130 }, (_, i) => ({ id: `v${i}`, job: null }));
  requests = 0;
  vi.stubGlobal('sessionStorage', { getItem: () => null });
  vi.stubGlobal('fetch', (path: string) => {
    requests++;
    const { searchParams } = new URL(path, 'http://localhost');
    const offset = Number(searchParams.get('offset'));
    const videos = kept.slice(offset, offset + Number(searchParams.get('limit')));
    return Promise.resolve(Response.json({ total: kept.length, videos }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function opened() {
  const observer = new InfiniteQueryObserver(new QueryClient(), videoPagesQuery);
  const leave = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  const ids = (): string[] => observer.getCurrentResult().data?.videos.map(({ id }) => id) ?? [];
  return { observer, leave, ids };
}

it('reaches every video, page by page', async () => {
  const { observer, leave, ids } = await opened();
  while (observer.getCurrentResult().hasNextPage) await observer.fetchNextPage();
  expect(ids()).toEqual(kept.map(({ id }) => id));
  expect(requests).toBe(Math.ceil(130 / 24));
  leave();
});

it('shows a video once that was moved into the next page by a newer one', async () => {
  const { observer, leave, ids } = await opened();
  kept.unshift({ id: 'new', job: null });
  await observer.fetchNextPage();
  expect(new Set(ids()).size).toBe(ids().length);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(ids().slice(0, 2)).toEqual(['new', 'v0']);
  leave();
});

it('looks often while a video is worked on, with no more requests for more pages', async () => {
  kept[30] = { id: 'v30', job: { state: 'running' } };
  const { observer, leave } = await opened();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(requests).toBe(1);
  await observer.fetchNextPage();
  requests = 0;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(requests).toBe(10);
  leave();
});
