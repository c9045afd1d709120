import type { EventBody } from './event-body.js';

/** An event with its number. */
export interface StoredEvent {
  readonly topic: string;
  /** 1, 2, 3, ... in each topic, without a gap but for what retention has removed from the front. */
  readonly seq: number;
  readonly atMs: number;
  readonly event: EventBody;
}
