import { RequestError } from '../../shared/errors.js';
import type { RemoteClient } from '../remote/remote-client.js';
import type { ByteBudget } from './byte-budget.js';
import { chatTooLarge } from './chat-too-large.js';
import { fetchMedia } from './fetch-media.js';

export interface FetchedMediaOptions {
  /** How addresses on the web are fetched. */
  readonly remote: Pick<RemoteClient, 'request'>;
  /** Most bytes that are fetched for one request. */
  readonly maxBytes: number;
  /** Of all requests, those that arrive with them included. */
  readonly budget: ByteBudget;
}

/** What the addresses of one request bring. */
export class FetchedMedia {
  #bytes = 0;

  constructor(private readonly options: FetchedMediaOptions) {}

  /**
   * Fetches, and counts the bytes until `use` has ended.
   * @throws RequestError `chat_too_large`; RetryableError `chat_busy`; those of `fetchMedia`; what `use` throws
   */
  async with<T>(url: string, signal: AbortSignal, use: (bytes: Buffer) => Promise<T>): Promise<T> {
    const { remote, maxBytes, budget } = this.options;
    let letGo: (() => void) | null = null;
    const onHead = (most: number): void => {
      letGo = budget.hold(most);
    };
    try {
      const left = maxBytes - this.#bytes;
      const bytes = await fetchMedia(remote, url, { maxBytes: left, signal, onHead }).catch(
        (error: unknown) => {
          const isTooLarge = error instanceof RequestError && error.code === 'url_too_large';
          throw isTooLarge && left < maxBytes ? chatTooLarge(maxBytes) : error;
        },
      );
      this.#bytes += bytes.length;
      return await use(bytes);
    } finally {
      (letGo as (() => void) | null)?.();
    }
  }
}
