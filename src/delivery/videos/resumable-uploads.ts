import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { diskError } from '../http/disk-error.js';
import { errorAnswer } from '../http/error-body.js';
import { fullDisk } from '../http/full-disk.js';
import { jobBody } from './job-body.js';
import { parsePlan } from './parse-plan.js';
import { videoBody } from './video-body.js';
import type { VideoLibrary } from './video-library.js';

export const UPLOADS_PATH = '/v1/uploads';

/** Of the folder for uploads. */
export const RESUMABLE_FOLDER = 'tus';
/** An upload nobody goes on with is removed after a day (`clearAbandoned`). */
export const EXPIRES_MS = 24 * 3600 * 1000;
const DEFAULT_NAME = 'upload';
const MAX_NAME = 255;

export interface ResumableOptions {
  readonly library: VideoLibrary;
  readonly folder: string;
  readonly maxBytes: number;
}

/**
 * A store in a folder that is there. FileStore would make it in the background and throw where nobody can catch it, which
 * ends the process.
 */
class FolderStore extends FileStore {}
Object.assign(FolderStore.prototype, { checkOrCreateDirectory: () => undefined });

/**
 * Takes uploads by the tus protocol (1.0), which go on where they were cut off. Metadata: `filename`, `plan` (JSON). The
 * answer to the last part is the video.
 */
export function resumableUploads({ library, folder, maxBytes }: ResumableOptions): Server {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return new Server({
    path: UPLOADS_PATH,
    datastore: new FolderStore({ directory: folder, expirationPeriodInMilliseconds: EXPIRES_MS }),
    maxSize: maxBytes,
    relativeLocation: true,
    allowedOrigins: () => false, // CORS is closed
    onResponseError: async (_request, error) => {
      if ('status_code' in error && error.status_code !== 500) return undefined;
      const trouble = diskError(error) ?? (await fullDisk(folder)); // FileStore keeps the reason to itself
      return trouble === null ? undefined : tusError(trouble);
    },
    onUploadCreate: (_request, upload) =>
      Promise.resolve().then(() => {
        refusing(() => parsePlan(upload.metadata?.['plan'])); // before the bytes come, not after
        return {};
      }),
    onUploadFinish: async (_request, upload) => {
      const path = join(folder, upload.id);
      const name = (upload.metadata?.['filename'] ?? DEFAULT_NAME).slice(0, MAX_NAME);
      try {
        const arrived = { path, name, origin: 'tus' } as const;
        const { video, job } = await library.takeIn(arrived, () => parsePlan(upload.metadata?.['plan']));
        const body = JSON.stringify({ ...videoBody(video), job: jobBody(job) });
        return { status_code: 200, headers: { 'content-type': 'application/json' }, body };
      } catch (error) {
        throw tusError(error);
      } finally {
        await rm(`${path}.json`, { force: true });
      }
    },
  });
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
