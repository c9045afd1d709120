import type { EventBody } from './event-body.js';
import type { SearchHit, SearchQuery } from './search-query.js';
import type { StoredEvent } from './stored-event.js';

/** An event that is to be kept. */
export interface NewEvent {
  readonly event: EventBody;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** At most one event of a topic has this key; a second one is left out, so work may be done again after a crash. */
  readonly key?: string;
  /** The job whose result this is. */
  readonly job?: string;
  /** The words by which it can be found again. */
  readonly words?: string;
}

/** What of a topic is there. */
export interface TopicRange {
  /** The oldest that is kept; `last + 1` when none is. */
  readonly first: number;
  /** The newest number ever given; 0 for a topic without events. */
  readonly last: number;
}

export interface RetentionLimits {
  /** Beginning of the topics' names; the others are kept. */
  readonly prefix: string;
  readonly olderThanMs: number;
  /** Of the events' JSON, over all these topics together. */
  readonly maxBytes: number;
}

/**
 * Events, numbered in each topic. What `append` has resolved with survives the death of the process.
 */
export interface EventLog {
  /** Keeps all or none; resolves with those that were kept, numbered. */
  append(topic: string, events: readonly NewEvent[]): Promise<readonly StoredEvent[]>;
  range(topic: string): Promise<TopicRange>;
  /** The next ones after a number, in order, at most `limit`. */
  after(topic: string, seq: number, limit: number): Promise<readonly StoredEvent[]>;
  /** The results of a job after a number, in order, at most `limit`. */
  results(job: string, seq: number, limit: number): Promise<readonly StoredEvent[]>;
  /** The first result of a job that is of a kind, null while there is none. */
  firstOfKind(job: string, kind: string): Promise<StoredEvent | null>;
  /** The kind of each result of a job that has a key, by that key. */
  keys(job: string): Promise<ReadonlyMap<string, string>>;
  search(query: SearchQuery): Promise<readonly SearchHit[]>;
  /** Removes the oldest until the limits hold; numbers are never given again. Resolves with how many went. */
  retain(limits: RetentionLimits): Promise<number>;
  /** Removes the events of a topic that may come again under its name; its numbers are never given again. */
  removeEvents(topic: string): Promise<void>;
  /** Removes a topic with its numbers: one whose name never comes again. */
  removeTopic(topic: string): Promise<void>;
}
