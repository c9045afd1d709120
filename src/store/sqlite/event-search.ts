import type Database from 'libsql';
import type { SearchHit, SearchQuery } from '../search-query.js';
import { type EventRow, storedEvent } from './event-row.js';
import { matchExpression } from './match-expression.js';

/** Finds events by their words; a query without a word finds none. */
export class EventSearch {
  readonly #best: Database.Statement<[object]>;
  readonly #newest: Database.Statement<[object]>;

  constructor(database: Database.Database) {
    this.#best = database.prepare(searching('rank, events.id DESC'));
    this.#newest = database.prepare(searching('events.id DESC'));
  }

  search(query: SearchQuery): SearchHit[] {
    const match = matchExpression(query.words);
    if (match === null) return [];
    const statement = query.order === 'best' ? this.#best : this.#newest;
    const rows = statement.all({
      match,
      topic: query.topic ?? null,
      kinds: query.kinds === undefined ? null : JSON.stringify(query.kinds),
      from: query.fromMs ?? null,
      to: query.toMs ?? null,
      limit: query.limit,
      offset: query.offset,
    }) as (EventRow & { readonly excerpt: string })[];
    return rows.map((row) => ({ ...storedEvent(row), excerpt: row.excerpt }));
  }
}

function searching(order: string): string {
  return `
    SELECT topics.name AS topic, seq, at_ms, body, snippet(found, 0, '[', ']', '…', 24) AS excerpt
    FROM found JOIN events ON events.id = found.rowid JOIN topics ON topics.id = events.topic
    WHERE found MATCH @match
      AND (@topic IS NULL OR topics.name = @topic)
      AND (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
      AND (@from IS NULL OR at_ms >= @from)
      AND (@to IS NULL OR at_ms < @to)
    ORDER BY ${order} LIMIT @limit OFFSET @offset`;
}
