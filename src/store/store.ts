import type { DocumentTable } from './document-table.js';
import type { EventLog } from './event-log.js';
import type { JobQueue } from './job-queue.js';
import type { StoredStream } from './stored-stream.js';
import type { StoredVideo } from './stored-video.js';

/** All that outlives the process; what it lies in is known to the composition root only. */
export interface Store {
  readonly events: EventLog;
  readonly jobs: JobQueue;
  readonly videos: DocumentTable<StoredVideo>;
  readonly streams: DocumentTable<StoredStream>;
  close(): Promise<void>;
}
