import type { EventBody } from '../../store/event-body.js';

/** An event on its way to those who listen to a topic. */
export interface TopicEvent {
  readonly topic: string;
  /** Null for passing events, which are not kept: partial texts and progress. */
  readonly seq: number | null;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly event: EventBody;
}
