import Database from 'libsql';
import { expect, it } from 'vitest';
import { appendEvents } from '../../../src/store/sqlite/append-events.js';
import { migrate } from '../../../src/store/sqlite/migrate.js';
import { SqliteWebhookOutbox } from '../../../src/store/sqlite/webhook-outbox.js';
import type { StoredWebhook } from '../../../src/store/stored-webhook.js';

const webhook: StoredWebhook = {
  ...{ id: 'w', url: 'http://receiver/hook', secret: 's', topics: ['*'], kinds: null, createdMs: 0 },
  ...{ state: 'active', reason: null, failingSinceMs: null, afterEvent: 0 },
};

it('says that the disk is full, and goes on where it was once there is room', async () => {
  const database = new Database(':memory:');
  migrate(database, ':memory:');
  const outbox = new SqliteWebhookOutbox(database);
  const events = Array.from({ length: 500 }, () => ({ event: { kind: 'caption' }, atMs: 0 }));
  appendEvents(database)('streams/a', events);
  database.pragma('max_page_count = 1'); // as many as there are
  await expect(outbox.fill([webhook], 500, 0)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  database.pragma('max_page_count = 1000000');
  expect(await outbox.fill([webhook], 500, 0)).toBe(500);
  expect(await outbox.count('w', 'waiting')).toBe(500);
  database.close();
});
