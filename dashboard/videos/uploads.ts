import type { Upload } from 'tus-js-client';
import type { TakenVideoBody } from '../../src/delivery/videos/video-shape.js';
import type { VideoTaskBody } from '../../src/delivery/videos/video-plan.js';
import { apiKey } from '../api/api-key.js';
import { newId } from '../live/new-id.js';

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

/** After a lost connection it goes on where it was, milliseconds between the attempts. */
const RETRY_MS = [0, 500, 1000, 2000, 4000, 8000, 8000, 8000];

/** The uploads of this page; they outlive the view that began them. */
class Uploads {
  #views: readonly UploadView[] = [];
  readonly #running = new Map<string, Upload>();
  readonly #watchers = new Set<() => void>();

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly view = (): readonly UploadView[] => this.#views;

  /** Sends a file, or goes on with it when it was cut off before; `onTaken` gets the video's id. */
  async start(
    file: File,
    tasks: readonly VideoTaskBody[] | null,
    onTaken: (id: string) => void,
  ): Promise<void> {
    const id = newId();
    const { name, size: bytes } = file;
    this.#put({ id, name, bytes, sentBytes: 0, state: 'sending', failure: null, video: null });
    // The client is as large as half of the page: it is fetched with the first file.
    const client = await import('tus-js-client').catch(() => null);
    if (client === null) {
      this.#change(id, { state: 'failed', failure: 'The server does not answer: choose the file again.' });
      return;
    }
    const key = apiKey();
    const upload = new client.Upload(file, {
      endpoint: '/v1/uploads',
      retryDelays: RETRY_MS,
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
        const { id: video } = JSON.parse(lastResponse.getBody()) as TakenVideoBody;
        this.#change(id, { state: 'done', sentBytes: bytes, video });
        this.#running.delete(id);
        onTaken(video);
      },
    });
    if (!this.#views.some((view) => view.id === id)) return; // taken out of the list meanwhile
    this.#running.set(id, upload);
    const [previous] = await upload.findPreviousUploads();
    if (previous !== undefined) upload.resumeFromPreviousUpload(previous);
    upload.start();
  }

  pause(id: string): void {
    void this.#running.get(id)?.abort();
    this.#change(id, { state: 'paused' });
  }

  /** Goes on with one that was paused or has failed. */
  resume(id: string): void {
    this.#change(id, { state: 'sending', failure: null });
    this.#running.get(id)?.start();
  }

  /** Takes one out of the list; what of it is on the server is removed. */
  remove(id: string): void {
    void this.#running.get(id)?.abort(true);
    this.#running.delete(id);
    this.#set(this.#views.filter((view) => view.id !== id));
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

/** The server's own sentence, if it sent one. */
function failureOf(error: Error): string {
  const body = 'originalResponse' in error ? bodyOf(error.originalResponse) : null;
  return body ?? 'The upload was cut off: resume it when the server is back.';
}

function bodyOf(response: unknown): string | null {
  if (typeof response !== 'object' || response === null || !('getBody' in response)) return null;
  try {
    const text = (response as { getBody(): string }).getBody();
    return (JSON.parse(text) as { error: { message: string } }).error.message;
  } catch {
    return null; // no answer of this server's
  }
}

export const uploads = new Uploads();
