import type Database from 'libsql';
import { BugError } from '../../shared/errors.js';
import type { NewEvent } from '../event-log.js';
import type { StoredEvent } from '../stored-event.js';

/** Makes the function that numbers and writes events; to be called inside a transaction. */
export function appendEvents(
  database: Database.Database,
): (topic: string, events: readonly NewEvent[]) => StoredEvent[] {
  const add = database.prepare('INSERT INTO topics (name) VALUES (?) ON CONFLICT DO NOTHING');
  const find = database.prepare('SELECT id, last_seq FROM topics WHERE name = ?');
  const insert = database.prepare(
    `INSERT INTO events (topic, seq, at_ms, kind, body, key, job) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (topic, key) WHERE key IS NOT NULL DO NOTHING RETURNING id`,
  );
  const index = database.prepare('INSERT INTO found (rowid, words) VALUES (?, ?)');
  return (topic, events) => {
    add.run(topic);
    const row = find.get(topic) as { id: number; last_seq: number } | undefined;
    if (row === undefined) throw new BugError('topic_missing', `topic ${topic} was not made: report it`);
    let seq = row.last_seq;
    return events.flatMap(({ event, atMs, key, job, words }) => {
      const body = JSON.stringify(event);
      const inserted = insert.get(row.id, seq + 1, atMs, event.kind, body, key ?? null, job ?? null);
      if (inserted === undefined) return [];
      seq++;
      if (words !== undefined && words !== '') index.run((inserted as { id: number }).id, words);
      return [{ topic, seq, atMs, event }];
    });
  };
}
