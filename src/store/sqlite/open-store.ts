import { chmodSync, mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'libsql';
import { EnvironmentError, messageOf, PalistreamError } from '../../shared/errors.js';
import type { Store } from '../store.js';
import { storedStream } from '../stored-stream.js';
import { storedVideo } from '../stored-video.js';
import { storedWebhook } from '../stored-webhook.js';
import { appendEvents } from './append-events.js';
import { SqliteDocumentTable } from './document-table.js';
import { SqliteEventLog } from './event-log.js';
import { SqliteFrameTable } from './frame-table.js';
import { SqliteJobQueue } from './job-queue.js';
import { migrate } from './migrate.js';
import { StoreWatch } from './store-watch.js';
import { SqliteWebhookOutbox } from './webhook-outbox.js';

export interface StoreLimits {
  /** Of all pictures of moments together. */
  readonly framesBytes: number;
}

const DEFAULT_LIMITS: StoreLimits = { framesBytes: 500_000_000 };

/**
 * Opens or makes the SQLite file; one process at a time has it, and its death gives it free.
 *
 * In WAL mode a commit is in the log when it returns, so that the death of the process loses none; a power cut may
 * lose the last ones, and never damages the file.
 * @throws EnvironmentError `store_in_use`, `store_newer`, `store_unusable`
 */
export function openStore(path: string, { framesBytes }: StoreLimits = DEFAULT_LIMITS): Store {
  let database: Database.Database | null = null;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    database = new Database(path);
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    chmodSync(path, 0o600); // sources may hold passwords
    migrate(database, path);
    database.exec('BEGIN IMMEDIATE; COMMIT'); // takes the lock now, not at the first event
    return storeOf(database, path, framesBytes);
  } catch (error) {
    database?.close();
    throw openError(path, error);
  }
}

function storeOf(database: Database.Database, path: string, framesBytes: number): Store {
  const append = appendEvents(database);
  const watch = new StoreWatch(database);
  return {
    events: watch.over(new SqliteEventLog(database, append)),
    jobs: watch.over(new SqliteJobQueue(database, append)),
    videos: watch.over(new SqliteDocumentTable(database, 'videos', storedVideo)),
    streams: watch.over(new SqliteDocumentTable(database, 'streams', storedStream)),
    webhooks: watch.over(new SqliteDocumentTable(database, 'webhooks', storedWebhook)),
    outbox: watch.over(new SqliteWebhookOutbox(database)),
    frames: watch.over(new SqliteFrameTable(database, framesBytes)),
    trouble: () => Promise.resolve(watch.trouble()),
    bytes: () => sizeOf(path),
    close: () => {
      if (database.open) release(database);
      return Promise.resolve();
    },
  };
}

/** Of the file and its log. */
async function sizeOf(path: string): Promise<number> {
  const each = await Promise.all([path, `${path}-wal`].map((file) => stat(file).catch(() => null)));
  return each.reduce((sum, file) => sum + (file?.size ?? 0), 0);
}

/** libsql closes the file only when all statements have been collected as garbage: the lock is given back before. */
function release(database: Database.Database): void {
  database.pragma('journal_mode = DELETE');
  database.pragma('locking_mode = NORMAL');
  database.prepare('SELECT count(*) FROM sqlite_master').get(); // the lock goes with the next transaction's end
  database.close();
}

function openError(path: string, error: unknown): unknown {
  if (error instanceof PalistreamError) return error;
  const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
  return new EnvironmentError(
    isBusy ? 'store_in_use' : 'store_unusable',
    isBusy
      ? `${JSON.stringify(path)} is in use by another server: end that one, or choose another PALISTREAM_DATA_DIR`
      : `${JSON.stringify(path)} cannot be opened as the store (${messageOf(error)}): check the disk and its permissions, or choose another PALISTREAM_DATA_DIR`,
    { cause: error },
  );
}
