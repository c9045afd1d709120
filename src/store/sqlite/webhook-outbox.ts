/* eslint-disable @typescript-eslint/require-await -- the interface promises, as a store elsewhere takes its time; SQLite answers at once */
import { randomUUID } from 'node:crypto';
import type Database from 'libsql';
import { isWanted } from '../is-wanted.js';
import type { StoredWebhook } from '../stored-webhook.js';
import type { Delivery, DeliveryState, WebhookOutbox } from '../webhook-outbox.js';
import { type EventRow, storedEvent } from './event-row.js';
import { inTransaction } from './in-transaction.js';

interface NextEvent {
  readonly id: number;
  readonly topic_id: number;
  readonly topic: string;
  readonly kind: string;
}

interface DeliveryRow extends EventRow {
  readonly id: string;
  readonly webhook: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly due_ms: number;
  readonly failure: string | null;
}

const SELECT = `SELECT deliveries.id, webhook, state, attempts, due_ms, failure, name AS topic, seq, at_ms, body
  FROM deliveries JOIN events ON events.id = deliveries.event JOIN topics ON topics.id = deliveries.topic`;

/** Deliveries in SQLite: how far the events were looked at and what came of it are written together. */
export class SqliteWebhookOutbox implements WebhookOutbox {
  readonly #fill: (webhooks: readonly StoredWebhook[], limit: number, nowMs: number) => number;

  constructor(private readonly database: Database.Database) {
    this.#fill = inTransaction(database, filling(database));
  }

  async newest(): Promise<number> {
    const row = this.database.prepare('SELECT coalesce(max(id), 0) AS id FROM events').get() as {
      id: number;
    };
    const cursor = this.database.prepare('SELECT event AS id FROM webhook_cursor').get() as { id: number };
    return Math.max(row.id, cursor.id);
  }

  async fill(webhooks: readonly StoredWebhook[], limit: number, nowMs: number): Promise<number> {
    return this.#fill(webhooks, limit, nowMs);
  }

  async heads(webhook: string, nowMs: number, limit: number): Promise<readonly Delivery[]> {
    return this.#many(
      `${SELECT} WHERE deliveries.number IN
         (SELECT min(number) FROM deliveries WHERE webhook = ? AND state = 'waiting' GROUP BY topic)
       AND due_ms <= ? ORDER BY due_ms, deliveries.number LIMIT ?`,
      [webhook, nowMs, limit],
    );
  }

  async nextDue(webhooks: readonly string[], nowMs: number): Promise<number | null> {
    const sql = `SELECT min(due_ms) AS due FROM deliveries
      WHERE state = 'waiting' AND due_ms > ? AND webhook IN (SELECT value FROM json_each(?))`;
    return (this.database.prepare(sql).get(nowMs, JSON.stringify(webhooks)) as { due: number | null }).due;
  }

  async remove(id: string): Promise<void> {
    this.database.prepare('DELETE FROM deliveries WHERE id = ?').run(id);
  }

  async fail(
    id: string,
    failure: string,
    { state, dueMs }: { state: DeliveryState; dueMs: number },
  ): Promise<void> {
    const sql =
      'UPDATE deliveries SET attempts = attempts + 1, failure = ?, state = ?, due_ms = ? WHERE id = ?';
    this.database.prepare(sql).run(failure, state, dueMs, id);
  }

  async list(
    webhook: string,
    state: DeliveryState,
    limit: number,
    offset: number,
  ): Promise<readonly Delivery[]> {
    const where = 'WHERE webhook = ? AND state = ? ORDER BY deliveries.number LIMIT ? OFFSET ?';
    return this.#many(`${SELECT} ${where}`, [webhook, state, limit, offset]);
  }

  async count(webhook: string, state: DeliveryState): Promise<number> {
    const sql = 'SELECT count(*) AS count FROM deliveries WHERE webhook = ? AND state = ?';
    return (this.database.prepare(sql).get(webhook, state) as { count: number }).count;
  }

  async revive(webhook: string, id: string | null, nowMs: number): Promise<number> {
    const sql = `UPDATE deliveries SET state = 'waiting', attempts = 0, due_ms = ?
      WHERE webhook = ? AND state = 'dead' AND (? IS NULL OR id = ?)`;
    return this.database.prepare(sql).run(nowMs, webhook, id, id).changes;
  }

  async removeOfWebhook(webhook: string): Promise<void> {
    this.database.prepare('DELETE FROM deliveries WHERE webhook = ?').run(webhook);
  }

  #many(sql: string, values: readonly unknown[]): Delivery[] {
    return (this.database.prepare(sql).all(...values) as DeliveryRow[]).map((row) => {
      const { id, webhook, state, attempts, due_ms: dueMs, failure } = row;
      return { ...storedEvent(row), id, webhook, state, attempts, dueMs, failure };
    });
  }
}

/** Makes the function that turns events into deliveries; to be called inside a transaction. */
function filling(database: Database.Database) {
  const next = database.prepare(
    `SELECT events.id, topics.id AS topic_id, name AS topic, kind FROM events JOIN topics ON topics.id = events.topic
     WHERE events.id > (SELECT event FROM webhook_cursor) ORDER BY events.id LIMIT ?`,
  );
  const insert = database.prepare(
    'INSERT INTO deliveries (id, webhook, topic, event, due_ms) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const move = database.prepare('UPDATE webhook_cursor SET event = ?');
  return (webhooks: readonly StoredWebhook[], limit: number, nowMs: number): number => {
    const events = next.all(limit) as NextEvent[];
    for (const event of events) {
      for (const webhook of webhooks) {
        if (event.id <= webhook.afterEvent || !isWanted(webhook, event.topic, event.kind)) continue;
        insert.run(`msg_${randomUUID()}`, webhook.id, event.topic_id, event.id, nowMs);
      }
    }
    const last = events.at(-1);
    if (last !== undefined) move.run(last.id);
    return events.length;
  };
}
