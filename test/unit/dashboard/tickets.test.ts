import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ticketQuery } from '../../../dashboard/api/tickets.js';

const MINUTE_MS = 60_000;
let lent = 0;

beforeEach(() => {
  lent = 0;
  vi.useFakeTimers();
  environmentManager.setIsServer(() => false);
  vi.stubGlobal('sessionStorage', { getItem: () => 'psk_a' });
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ticket: `ticket ${++lent}` })));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Uses the ticket of a topic, as each picture of a page does. */
function use(client: QueryClient, topic: string) {
  const observer = new QueryObserver(client, ticketQuery(topic));
  return { observer, leave: observer.subscribe(() => undefined) };
}

it('renews a ticket before its hour is over, though nobody comes back to the page', async () => {
  const client = new QueryClient();
  const { observer, leave } = use(client, 'videos/a');
  await vi.advanceTimersByTimeAsync(49 * MINUTE_MS);
  expect(observer.getCurrentResult().data?.ticket).toBe('ticket 1');
  await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
  expect(observer.getCurrentResult().data?.ticket).toBe('ticket 2');
  await vi.advanceTimersByTimeAsync(50 * MINUTE_MS);
  expect(lent).toBe(3);
  leave();
});

it('renews it once for all who use it, also when the first of them has gone', async () => {
  const client = new QueryClient();
  const first = use(client, 'videos/a');
  await vi.advanceTimersByTimeAsync(30 * MINUTE_MS);
  const others = [use(client, 'videos/a'), use(client, 'videos/a')];
  first.leave();
  await vi.advanceTimersByTimeAsync(21 * MINUTE_MS);
  expect(lent).toBe(2);
  for (const { leave } of others) leave();
});

it('renews one that reaches everything within its minute', async () => {
  const { leave } = use(new QueryClient(), '');
  await vi.advanceTimersByTimeAsync(55_000);
  expect(lent).toBe(2);
  leave();
});
