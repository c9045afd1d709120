import { useQuery } from '@tanstack/react-query';
import { apiKey } from './api-key.js';
import { request } from './request.js';

interface Ticket {
  readonly ticket: string;
}

/** A ticket for one topic counts for an hour, one for all for a minute. */
const RENEW_TOPIC_MS = 50 * 60_000;
const RENEW_ALL_MS = 50_000;

/**
 * The address of something of a topic for an element that can send no key: with a ticket where the server asks for keys.
 * Null until it is there.
 *
 * @param topic '' where it belongs to none
 */
export function useTicketed(path: string, topic: string): string | null {
  const isNeeded = apiKey() !== null;
  const { data } = useQuery({
    queryKey: ['ticket', topic],
    queryFn: () => request<Ticket>('/v1/tickets', { method: 'POST', body: topic === '' ? {} : { topic } }),
    enabled: isNeeded,
    staleTime: topic === '' ? RENEW_ALL_MS : RENEW_TOPIC_MS,
  });
  if (!isNeeded) return path;
  return data === undefined ? null : withTicket(path, data.ticket);
}

function withTicket(path: string, ticket: string): string {
  const [address = '', fragment] = path.split('#');
  const query = `${address.includes('?') ? '&' : '?'}ticket=${encodeURIComponent(ticket)}`;
  return `${address}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
