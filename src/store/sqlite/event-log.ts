/* eslint-disable @typescript-eslint/require-await -- the interface promises, as a store elsewhere takes its time; SQLite answers at once */
import { setImmediate } from 'node:timers/promises';
import type Database from 'libsql';
import type { EventLog, NewEvent, RetentionLimits, TopicRange } from '../event-log.js';
import type { SearchHit, SearchQuery } from '../search-query.js';
import type { StoredEvent } from '../stored-event.js';
import { EventRetention } from './event-retention.js';
import { type EventRow, storedEvent } from './event-row.js';
import { EventSearch } from './event-search.js';
import { inTransaction } from './in-transaction.js';

const SELECT = 'SELECT name AS topic, seq, at_ms, body FROM events JOIN topics ON topics.id = events.topic';

/** The events in SQLite. A call is one transaction; the next number is taken and the event written in the same one. */
export class SqliteEventLog implements EventLog {
  readonly #search: EventSearch;
  readonly #retention: EventRetention;
  readonly #append: (topic: string, events: readonly NewEvent[]) => StoredEvent[];
  readonly #removeTopic: (topic: string) => void;
  readonly #removeEvents: Database.Statement;
  readonly #range: Database.Statement;
  readonly #after: Database.Statement;
  readonly #results: Database.Statement;
  readonly #firstOfKind: Database.Statement;
  readonly #keys: Database.Statement;

  /** @param append keeps events inside the transaction that is open */
  constructor(
    database: Database.Database,
    append: (topic: string, events: readonly NewEvent[]) => StoredEvent[],
  ) {
    this.#search = new EventSearch(database);
    this.#retention = new EventRetention(database);
    this.#append = inTransaction(database, append);
    this.#removeEvents = database.prepare(
      'DELETE FROM events WHERE topic = (SELECT id FROM topics WHERE name = ?)',
    );
    this.#removeTopic = inTransaction(database, removing(database, this.#removeEvents));
    this.#range = database.prepare(
      `SELECT last_seq AS last, coalesce((SELECT min(seq) FROM events WHERE topic = topics.id), last_seq + 1) AS first
       FROM topics WHERE name = ?`,
    );
    this.#after = database.prepare(`${SELECT} WHERE name = ? AND seq > ? ORDER BY seq LIMIT ?`);
    this.#results = database.prepare(`${SELECT} WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?`);
    this.#firstOfKind = database.prepare(`${SELECT} WHERE job = ? AND kind = ? ORDER BY seq LIMIT 1`);
    this.#keys = database.prepare('SELECT key, kind FROM events WHERE job = ? AND key IS NOT NULL');
  }

  async append(topic: string, events: readonly NewEvent[]): Promise<readonly StoredEvent[]> {
    return this.#append(topic, events);
  }

  async range(topic: string): Promise<TopicRange> {
    const row = this.#range.get(topic) as TopicRange | undefined;
    return row === undefined ? { first: 1, last: 0 } : { first: row.first, last: row.last };
  }

  async after(topic: string, seq: number, limit: number): Promise<readonly StoredEvent[]> {
    return (this.#after.all(topic, seq, limit) as EventRow[]).map(storedEvent);
  }

  async results(job: string, seq: number, limit: number): Promise<readonly StoredEvent[]> {
    return (this.#results.all(job, seq, limit) as EventRow[]).map(storedEvent);
  }

  async firstOfKind(job: string, kind: string): Promise<StoredEvent | null> {
    const row = this.#firstOfKind.get(job, kind) as EventRow | undefined;
    return row === undefined ? null : storedEvent(row);
  }

  async keys(job: string): Promise<ReadonlyMap<string, string>> {
    const rows = this.#keys.all(job) as { key: string; kind: string }[];
    return new Map(rows.map(({ key, kind }) => [key, kind]));
  }

  async search(query: SearchQuery): Promise<readonly SearchHit[]> {
    return this.#search.search(query);
  }

  async retain(limits: RetentionLimits): Promise<number> {
    let removed = 0;
    for (let step = this.#retention.step(limits); step > 0; step = this.#retention.step(limits)) {
      removed += step;
      await setImmediate(); // others' turn: there may be a million to remove
    }
    return removed;
  }

  async removeEvents(topic: string): Promise<void> {
    this.#removeEvents.run(topic);
  }

  async removeTopic(topic: string): Promise<void> {
    this.#removeTopic(topic);
  }
}

function removing(database: Database.Database, events: Database.Statement): (topic: string) => void {
  const name = database.prepare('DELETE FROM topics WHERE name = ?');
  return (topic) => {
    events.run(topic);
    name.run(topic);
  };
}
