import type Database from 'libsql';
import type { RetentionLimits } from '../event-log.js';

/** Removed in one transaction: a few milliseconds, as the server's thread waits for it. */
const BATCH = 500;

/** Removes the oldest events of topics; what is numbered stays numbered. */
export class EventRetention {
  readonly #old: Database.Statement;
  readonly #oldest: Database.Statement;
  readonly #bytes: Database.Statement;

  constructor(database: Database.Database) {
    const ofTopics = `SELECT events.id FROM events JOIN topics ON topics.id = events.topic
      WHERE substr(topics.name, 1, length(?)) = ?`;
    // Time rises within a topic, so that its first event tells: to look at all of them would take a second a gigabyte.
    const oldTopic = `SELECT id FROM topics WHERE substr(name, 1, length(:prefix)) = :prefix
      AND (SELECT at_ms FROM events WHERE topic = topics.id ORDER BY seq LIMIT 1) < :olderThanMs LIMIT 1`;
    this.#old = database.prepare(
      `DELETE FROM events WHERE at_ms < :olderThanMs
       AND id IN (SELECT id FROM events WHERE topic = (${oldTopic}) ORDER BY seq LIMIT ${BATCH})`,
    );
    this.#oldest = database.prepare(
      `DELETE FROM events WHERE id IN (${ofTopics} ORDER BY events.id LIMIT ?)`,
    );
    this.#bytes = database.prepare(
      'SELECT coalesce(sum(bytes), 0) AS bytes FROM topics WHERE substr(name, 1, length(?)) = ?',
    );
  }

  /** One step; resolves with how many went, 0 once the limits hold. */
  step({ prefix, olderThanMs, maxBytes }: RetentionLimits): number {
    const old = this.#old.run({ prefix, olderThanMs }).changes;
    if (old > 0) return old;
    const { bytes } = this.#bytes.get(prefix, prefix) as { bytes: number };
    return bytes <= maxBytes ? 0 : this.#oldest.run(prefix, prefix, BATCH).changes;
  }
}
