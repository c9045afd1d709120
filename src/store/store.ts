import type { PalistreamError } from '../shared/errors.js';
import type { DocumentTable } from './document-table.js';
import type { EventLog } from './event-log.js';
import type { FrameTable } from './frame-table.js';
import type { JobQueue } from './job-queue.js';
import type { StoredStream } from './stored-stream.js';
import type { StoredVideo } from './stored-video.js';
import type { StoredWebhook } from './stored-webhook.js';
import type { WebhookOutbox } from './webhook-outbox.js';

/**
 * All that outlives the process; what it lies in is known to the composition root only. When it can do nothing for now,
 * its promises reject with an error of `isStoreTrouble`.
 */
export interface Store {
  readonly events: EventLog;
  readonly jobs: JobQueue;
  readonly videos: DocumentTable<StoredVideo>;
  readonly streams: DocumentTable<StoredStream>;
  readonly webhooks: DocumentTable<StoredWebhook>;
  /** What is on its way to webhooks. */
  readonly outbox: WebhookOutbox;
  readonly frames: FrameTable;
  /** What keeps it from keeping things; null when nothing does. */
  trouble(): Promise<PalistreamError | null>;
  /** Room it takes on disk. */
  bytes(): Promise<number>;
  close(): Promise<void>;
}
