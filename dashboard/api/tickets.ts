import { queryOptions, useQuery } from '@tanstack/react-query';
import { apiKey } from './api-key.js';
import { request } from './request.js';

interface Ticket {
  readonly ticket: string;
}

/** A ticket for one topic counts for an hour, one for all for a minute. */
const RENEW_TOPIC_MS = 50 * 60_000;
const RENEW_ALL_MS = 50_000;
/** A renewal that failed is tried again no sooner. */
const SOONEST_MS = 10_000;

/** A ticket, renewed before it ends: counted from when it came, whoever has begun to use it since. */
export function ticketQuery(topic: string) {
  const renewMs = topic === '' ? RENEW_ALL_MS : RENEW_TOPIC_MS;
  return queryOptions({
    queryKey: ['ticket', topic],
    queryFn: () => request<Ticket>('/v1/tickets', { method: 'POST', body: topic === '' ? {} : { topic } }),
    staleTime: renewMs,
    refetchInterval: ({ state }) =>
      state.data === undefined ? false : Math.max(SOONEST_MS, state.dataUpdatedAt + renewMs - Date.now()),
    refetchIntervalInBackground: true, // a film that is listened to goes on
  });
}

/**
 * The address of something of a topic for an element that can send no key: with a ticket where the server asks for keys.
 * Null until it is there.
 *
 * @param topic '' where it belongs to none
 */
export function useTicketed(path: string, topic: string): string | null {
  const isNeeded = apiKey() !== null;
  const { data } = useQuery({ ...ticketQuery(topic), enabled: isNeeded });
  if (!isNeeded) return path;
  return data === undefined ? null : withTicket(path, data.ticket);
}

function withTicket(path: string, ticket: string): string {
  const [address = '', fragment] = path.split('#');
  const query = `${address.includes('?') ? '&' : '?'}ticket=${encodeURIComponent(ticket)}`;
  return `${address}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
