/* eslint-disable @typescript-eslint/require-await -- the interface promises, as a store elsewhere takes its time; SQLite answers at once */
import { setImmediate } from 'node:timers/promises';
import type Database from 'libsql';
import type { FrameLimits, FrameTable } from '../frame-table.js';
import type { StoredFrame } from '../stored-frame.js';
import { inTransaction } from './in-transaction.js';

interface Row {
  readonly id: string;
  readonly topic: string;
  readonly at_ms: number;
  readonly jpeg: Uint8Array;
}

/** Removed in one transaction, as the server's thread waits for it. */
const BATCH = 200;
/** A frame is kept a moment before its event. */
const BEFORE_EVENT_MS = 600_000;

/**
 * Pictures of moments in SQLite, beside their events: whole or not there, whatever dies. Some tens of kilobytes each
 * are read from there no slower than from files.
 */
export class SqliteFrameTable implements FrameTable {
  readonly #put: (frame: StoredFrame) => void;
  readonly #get: Database.Statement;
  readonly #total: Database.Statement;
  readonly #removing: Database.Statement;
  readonly #old: Database.Statement<[object]>;
  readonly #orphans: Database.Statement<[object]>;

  constructor(
    database: Database.Database,
    private readonly maxBytes: number,
  ) {
    this.#put = inTransaction(database, putting(database, maxBytes));
    this.#get = database.prepare('SELECT id, topic, at_ms, jpeg FROM frames WHERE id = ?');
    this.#total = database.prepare('SELECT bytes FROM frames_total');
    this.#removing = database.prepare('DELETE FROM frames WHERE topic = ?');
    this.#old = database.prepare(
      `DELETE FROM frames WHERE number IN
         (SELECT number FROM frames
          WHERE substr(topic, 1, length(@prefix)) = @prefix AND at_ms < @before ORDER BY number LIMIT ${BATCH})`,
    );
    this.#orphans = database.prepare(
      `DELETE FROM frames WHERE number IN
         (SELECT number FROM frames JOIN topics ON topics.name = frames.topic
          WHERE substr(topics.name, 1, length(@prefix)) = @prefix AND frames.at_ms + ${BEFORE_EVENT_MS} <
            coalesce((SELECT at_ms FROM events WHERE events.topic = topics.id ORDER BY seq LIMIT 1), @now)
          ORDER BY number LIMIT ${BATCH})`,
    );
  }

  async put(frame: StoredFrame): Promise<void> {
    if (frame.jpeg.length <= this.maxBytes) this.#put(frame);
  }

  async get(id: string): Promise<StoredFrame | null> {
    const row = this.#get.get(id) as Row | undefined;
    return row === undefined ? null : { id: row.id, topic: row.topic, atMs: row.at_ms, jpeg: row.jpeg };
  }

  async bytes(): Promise<number> {
    return (this.#total.get() as { bytes: number }).bytes;
  }

  async removeTopic(topic: string): Promise<void> {
    this.#removing.run(topic);
  }

  async retain({ prefix, olderThanMs, nowMs }: FrameLimits): Promise<number> {
    let removed = 0;
    for (const remove of [
      () => this.#old.run({ prefix, before: olderThanMs }).changes,
      () => this.#orphans.run({ prefix, now: nowMs }).changes,
    ]) {
      for (let gone = remove(); gone > 0; gone = remove()) {
        removed += gone;
        await setImmediate(); // others' turn
      }
    }
    return removed;
  }
}

/** The oldest make room in the same transaction, so that the limit holds whatever dies. */
function putting(database: Database.Database, maxBytes: number): (frame: StoredFrame) => void {
  const insert = database.prepare(
    'INSERT INTO frames (id, topic, at_ms, bytes, jpeg) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const total = database.prepare('SELECT bytes FROM frames_total');
  const removeOldest = database.prepare('DELETE FROM frames WHERE number = (SELECT min(number) FROM frames)');
  return ({ id, topic, atMs, jpeg }) => {
    insert.run(id, topic, atMs, jpeg.length, Buffer.from(jpeg));
    while ((total.get() as { bytes: number }).bytes > maxBytes) removeOldest.run();
  };
}
