import type { Log } from '../../shared/log.js';
import type { TopicEvent } from '../live/topic-event.js';
import type { TopicHub } from '../live/topic-hub.js';
import { eventLine } from './event-line.js';
import { requestScope } from './request-scope.js';

/** A job whose end is never told (its video was deleted) is forgotten after so many others. */
const MAX_JOBS = 10_000;
const OVER: ReadonlySet<unknown> = new Set(['done', 'failed', 'cancelled']);

/** Logs what is told to topics. A job names the request that asked for it, whoever works on it later. */
export function logEvents(hub: TopicHub, log: Log): void {
  const askedBy = new Map<string, string>();
  hub.watch((told: TopicEvent) => {
    const line = eventLine(told);
    if (line === null) return;
    const { job } = line.fields;
    const request = typeof job === 'string' ? requestOf(askedBy, job, told.event) : undefined;
    const fields = request === undefined ? line.fields : { request_id: request, ...line.fields };
    log[line.level](fields, line.message);
  });
}

function requestOf(
  askedBy: Map<string, string>,
  job: string,
  event: TopicEvent['event'],
): string | undefined {
  const scope = requestScope.getStore();
  if (event['state'] === 'queued' && scope !== undefined) {
    askedBy.set(job, scope.request_id);
    const [oldest] = askedBy.keys();
    if (askedBy.size > MAX_JOBS && oldest !== undefined) askedBy.delete(oldest);
  }
  const request = askedBy.get(job);
  if (event.kind === 'state' && OVER.has(event['state'])) askedBy.delete(job);
  return request;
}
