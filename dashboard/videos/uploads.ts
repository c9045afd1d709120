import type { DetailedError, Upload } from 'tus-js-client';
import type { VideoTaskWish } from '../../src/delivery/videos/video-plan.js';
import { errorText } from '../api/api-error.js';
import { apiKey } from '../api/api-key.js';
import { newId } from '../live/new-id.js';
import { refusalIn } from './refusal-in.js';
import { CUT_OFF, takenVideo } from './taken-video.js';

/** A file on its way. */
export interface UploadView {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly state: 'sending' | 'looking' | 'paused' | 'failed' | 'done';
  readonly failure: string | null;
  /** Once it has been taken in. */
  readonly video: string | null;
}

/** What is sent, and who is told of the video. */
interface Sending {
  readonly file: File;
  readonly tasks: readonly VideoTaskWish[] | null;
  readonly onTaken: (id: string) => void;
  /** Null until the client has arrived. */
  upload: Upload | null;
}

/** After a lost connection it goes on where it was, milliseconds between the attempts. */
const RETRY_MS = [0, 500, 1000, 2000, 4000, 8000, 8000, 8000];

const NO_CLIENT =
  'The server does not answer: resume the upload when it is back, or load the page again and choose the file anew.';
/** What others do with the same upload is over soon. */
const CONFLICT = 409;
const LOCKED = 423;

/** The uploads of this page; they outlive the view that began them. */
class Uploads {
  #views: readonly UploadView[] = [];
  readonly #running = new Map<string, Sending>();
  readonly #watchers = new Set<() => void>();

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly view = (): readonly UploadView[] => this.#views;

  /** Sends a file, or goes on with it when it was cut off before; `onTaken` gets the video's id. */
  start(file: File, tasks: readonly VideoTaskWish[] | null, onTaken: (id: string) => void): Promise<void> {
    const id = newId();
    const { name, size: bytes } = file;
    this.#put({ id, name, bytes, sentBytes: 0, state: 'sending', failure: null, video: null });
    const sending = { file, tasks, onTaken, upload: null };
    this.#running.set(id, sending);
    return this.#open(id, sending);
  }

  pause(id: string): void {
    void this.#running.get(id)?.upload?.abort();
    this.#change(id, { state: 'paused' });
  }

  /** Goes on with one that was paused or has failed. */
  resume(id: string): void {
    const sending = this.#running.get(id);
    if (sending === undefined) return;
    this.#change(id, { state: 'sending', failure: null });
    if (sending.upload === null) void this.#open(id, sending);
    else sending.upload.start();
  }

  /** Takes one out of the list; what of it is on the server is removed. */
  remove(id: string): void {
    void this.#running.get(id)?.upload?.abort(true);
    this.#running.delete(id);
    this.#set(this.#views.filter((view) => view.id !== id));
  }

  /** Begins with one, unless it has been paused or taken out of the list when the client has arrived. */
  async #open(id: string, sending: Sending): Promise<void> {
    // The client is as large as half of the page: it is fetched with the first file.
    const client = await import('tus-js-client').catch(() => null);
    if (client === null) {
      this.#change(id, { state: 'failed', failure: NO_CLIENT });
      return;
    }
    const { file, tasks } = sending;
    const { name, size: bytes } = file;
    const key = apiKey();
    const upload = new client.Upload(file, {
      endpoint: '/v1/uploads',
      retryDelays: RETRY_MS,
      onShouldRetry: ({ originalResponse }) => canPass(originalResponse?.getStatus() ?? 0),
      removeFingerprintOnSuccess: true,
      metadata: { filename: name, ...(tasks === null ? {} : { plan: JSON.stringify({ tasks }) }) },
      ...(key === null ? {} : { headers: { authorization: `Bearer ${key}` } }),
      onProgress: (sentBytes) => {
        this.#change(id, { sentBytes, state: sentBytes === bytes ? 'looking' : 'sending' });
      },
      onError: (error) => {
        this.#change(id, { state: 'failed', failure: failureOf(error) });
      },
      onSuccess: ({ lastResponse }) => {
        takenVideo(lastResponse.getBody(), { url: upload.url, bytes, key }).then(
          (video) => {
            this.#taken(id, video);
          },
          (error: unknown) => {
            this.#change(id, { state: 'failed', failure: errorText(error) });
          },
        );
      },
    });
    const [previous] = await upload.findPreviousUploads();
    if (previous !== undefined) upload.resumeFromPreviousUpload(previous);
    if (sending.upload !== null) return; // paused and resumed meanwhile
    sending.upload = upload;
    if (this.#views.find((view) => view.id === id)?.state === 'sending') upload.start();
  }

  #taken(id: string, video: string): void {
    const sending = this.#running.get(id);
    if (sending === undefined) return; // taken out of the list meanwhile
    this.#running.delete(id);
    this.#change(id, { state: 'done', sentBytes: sending.file.size, video });
    sending.onTaken(video);
  }

  #put(view: UploadView): void {
    this.#set([view, ...this.#views]);
  }

  #change(id: string, changed: Partial<UploadView>): void {
    this.#set(this.#views.map((view) => (view.id === id ? { ...view, ...changed } : view)));
  }

  #set(views: readonly UploadView[]): void {
    this.#views = views;
    for (const watcher of this.#watchers) watcher();
  }
}

/**
 * Whether an attempt that ended with a status (0: with no answer) may succeed the next time. tus-js-client alone would
 * give up without a network, where a server of this machine answers nevertheless.
 */
function canPass(status: number): boolean {
  return status < 400 || status >= 500 || status === CONFLICT || status === LOCKED;
}

/** The server's own sentence, if it sent one. */
function failureOf(error: Error): string {
  const response = 'originalResponse' in error ? (error as DetailedError).originalResponse : null;
  return refusalIn(response?.getBody() ?? '') ?? CUT_OFF;
}

export const uploads = new Uploads();
