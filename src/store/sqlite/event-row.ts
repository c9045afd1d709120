import type { EventBody } from '../event-body.js';
import type { StoredEvent } from '../stored-event.js';

/** An event as the queries give it. */
export interface EventRow {
  readonly topic: string;
  readonly seq: number;
  readonly at_ms: number;
  readonly body: string;
}

export function storedEvent({ topic, seq, at_ms, body }: EventRow): StoredEvent {
  return { topic, seq, atMs: at_ms, event: JSON.parse(body) as EventBody };
}
