import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Server, type Upload } from '@tus/server';
import { PalistreamError, RequestError } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { diskError } from '../http/disk-error.js';
import { errorAnswer } from '../http/error-body.js';
import { fullDisk } from '../http/full-disk.js';
import { fileName } from './file-name.js';
import { FinishedUploads, type FinishAnswer } from './finished-uploads.js';
import { jobBody } from './job-body.js';
import { parsePlan } from './parse-plan.js';
import { UploadStore } from './upload-store.js';
import { videoBody } from './video-body.js';
import type { VideoLibrary } from './video-library.js';

export const UPLOADS_PATH = '/v1/uploads';

/** Of the folder for uploads. */
export const RESUMABLE_FOLDER = 'tus';
/** An upload nobody goes on with is removed after a day (`clearAbandoned`). */
export const EXPIRES_MS = 24 * 3600 * 1000;
const DEFAULT_NAME = 'upload';

export interface ResumableOptions {
  readonly library: VideoLibrary;
  readonly folder: string;
  readonly maxBytes: number;
  readonly log: Log;
  /** Told what nobody foresaw. */
  readonly onBug: (error: unknown) => void;
}

/**
 * Takes uploads by the tus protocol (1.0), which go on where they were cut off. Metadata: `filename`, `plan` (JSON). The
 * answer to the last part is the video, also when it is sent once more. What came whole and could not be taken in for
 * now is tried again when its end is sent again, and at once by the next server.
 */
export function resumableUploads(options: ResumableOptions): Server {
  const { folder, maxBytes, onBug } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const finished = new FinishedUploads((upload) => takeIn(options, upload));
  const store = new UploadStore(folder, EXPIRES_MS, finished);
  void takeInComplete(store, finished);
  return new Server({
    path: UPLOADS_PATH,
    datastore: store,
    maxSize: maxBytes,
    relativeLocation: true,
    allowedOrigins: () => false, // CORS is closed
    onResponseError: async (_request, error) => {
      if ('status_code' in error && error.status_code !== 500) return undefined;
      const trouble = diskError(error) ?? (await fullDisk(folder)); // FileStore keeps the reason to itself
      if (trouble !== null) return tusError(trouble);
      if (!('status_code' in error)) onBug(error);
      return undefined;
    },
    onUploadCreate: (_request, upload) =>
      Promise.resolve().then(() => {
        refusing(() => parsePlan(upload.metadata?.['plan'])); // before the bytes come, not after
        return {};
      }),
    onUploadFinish: (_request, upload) => finished.finish(upload),
  });
}

async function takeIn(
  { library, folder, log, onBug }: ResumableOptions,
  upload: Upload,
): Promise<FinishAnswer> {
  const path = join(folder, upload.id);
  const name = fileName(upload.metadata?.['filename'] ?? DEFAULT_NAME);
  try {
    const arrived = { path, name, origin: 'tus' } as const;
    const { video, job } = await library.takeIn(arrived, () => parsePlan(upload.metadata?.['plan']));
    await rm(`${path}.json`, { force: true });
    const body = JSON.stringify({ ...videoBody(video), job: jobBody(job) });
    return { status_code: 200, headers: { 'content-type': 'application/json' }, body };
  } catch (error) {
    if (error instanceof RequestError) await rm(`${path}.json`, { force: true }); // otherwise the file is still there
    if (!(error instanceof PalistreamError)) onBug(error);
    const { status, body } = errorAnswer(error);
    log[status >= 500 ? 'warn' : 'info']({ upload: upload.id, ...body }, 'upload not taken in');
    throw tusError(error);
  }
}

/** Nobody waits to be told of them: the log is. */
async function takeInComplete(store: UploadStore, finished: FinishedUploads): Promise<void> {
  const uploads = await store.complete().catch(() => []); // whoever comes back to one finishes it
  await Promise.allSettled(uploads.map((upload) => finished.finish(upload)));
}

function refusing(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw tusError(error);
  }
}

/** An error in the form that @tus/server answers with. */
function tusError(error: unknown): Error & { status_code: number; body: string } {
  const { status, body } = errorAnswer(error);
  return Object.assign(new Error(body.error.message, { cause: error }), {
    status_code: status,
    body: `${JSON.stringify(body)}\n`,
  });
}
