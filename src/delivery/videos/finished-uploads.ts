import type { Upload } from '@tus/server';

/** How @tus/server answers the last part of an upload. */
export interface FinishAnswer {
  readonly status_code: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Finish {
  readonly upload: Upload;
  readonly answer: Promise<FinishAnswer>;
}

/** So long an answer may be asked for again: clients whose connection broke come back within minutes. */
const KEPT_MS = 10 * 60_000;

/**
 * Uploads whose last byte has come: each is taken in once, however often its end is sent, as the answer to it may have
 * been lost.
 */
export class FinishedUploads {
  readonly #finishes = new Map<string, Finish>();

  /** @param takeIn makes a video of one, which is gone afterwards */
  constructor(private readonly takeIn: (upload: Upload) => Promise<FinishAnswer>) {}

  /** One that is being taken in, or was a while ago; its file may be gone. */
  find(id: string): Upload | null {
    return this.#finishes.get(id)?.upload ?? null;
  }

  /** Takes an upload in unless that has been begun; a failure is told to all who ask meanwhile, and forgotten. */
  finish(upload: Upload): Promise<FinishAnswer> {
    const { id } = upload;
    const known = this.#finishes.get(id);
    if (known !== undefined) return known.answer;
    const answer = this.takeIn(upload);
    this.#finishes.set(id, { upload, answer });
    answer.then(
      () => {
        setTimeout(() => this.#finishes.delete(id), KEPT_MS).unref();
      },
      () => this.#finishes.delete(id),
    );
    return answer;
  }
}
