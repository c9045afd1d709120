import type Database from 'libsql';
import type { SearchHit, SearchQuery } from '../search-query.js';
import { type EventRow, storedEvent } from './event-row.js';
import { matchExpression } from './match-expression.js';

/** Finds events by their words; signs alone find none, and without a query all are found. */
export class EventSearch {
  readonly #best: Database.Statement<[object]>;
  readonly #newest: Database.Statement<[object]>;
  readonly #all: Database.Statement<[object]>;

  constructor(database: Database.Database) {
    this.#best = database.prepare(searching('rank, events.id DESC'));
    this.#newest = database.prepare(searching('events.id DESC'));
    this.#all = database.prepare(ALL);
  }

  search(query: SearchQuery): SearchHit[] {
    const match = query.words === undefined ? null : matchExpression(query.words);
    if (match === null && query.words !== undefined) return [];
    const byWords = query.order === 'best' ? this.#best : this.#newest;
    const statement = match === null ? this.#all : byWords;
    const rows = statement.all({
      ...(match === null ? {} : { match }),
      topic: query.topic ?? null,
      topics: query.topics === undefined ? null : JSON.stringify(query.topics),
      kinds: query.kinds === undefined ? null : JSON.stringify(query.kinds),
      from: query.fromMs ?? null,
      to: query.toMs ?? null,
      limit: query.limit,
      offset: query.offset,
    }) as (EventRow & { readonly excerpt: string })[];
    return rows.map((row) => ({ ...storedEvent(row), excerpt: row.excerpt }));
  }
}

const FILTERS = `(@topic IS NULL OR topics.name = @topic)
      AND (@topics IS NULL OR EXISTS (SELECT 1 FROM json_each(@topics) WHERE topics.name GLOB json_each.value))
      AND (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
      AND (@from IS NULL OR at_ms >= @from)
      AND (@to IS NULL OR at_ms < @to)`;

/** Results from the newest on: those that have words. CROSS keeps SQLite from walking the index of words instead. */
const ALL = `
    SELECT topics.name AS topic, seq, at_ms, body, substr(found.words, 1, 160) AS excerpt
    FROM events CROSS JOIN topics ON topics.id = events.topic CROSS JOIN found ON found.rowid = events.id
    WHERE ${FILTERS}
    ORDER BY events.id DESC LIMIT @limit OFFSET @offset`;

function searching(order: string): string {
  return `
    SELECT topics.name AS topic, seq, at_ms, body, snippet(found, 0, '[', ']', '…', 24) AS excerpt
    FROM found JOIN events ON events.id = found.rowid JOIN topics ON topics.id = events.topic
    WHERE found MATCH @match AND ${FILTERS}
    ORDER BY ${order} LIMIT @limit OFFSET @offset`;
}
