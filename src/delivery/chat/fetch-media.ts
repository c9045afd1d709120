import { RequestError } from '../../shared/errors.js';
import type { RemoteClient } from '../remote/remote-client.js';

export interface FetchOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Told the most bytes that will come before any does; what it throws ends the fetch. */
  readonly onHead: (mostBytes: number) => void;
}

/** A picture or a short video is there by then, or the client has better things to do. */
const FETCH_MS = 60_000;

/**
 * Fetches a picture or a video from the web.
 * @throws RequestError `media_unavailable`, and those of `RemoteClient.request`
 */
export function fetchMedia(
  remote: Pick<RemoteClient, 'request'>,
  url: string,
  { maxBytes, signal, onHead }: FetchOptions,
): Promise<Buffer> {
  return remote.request(url, { maxBytes, timeoutMs: FETCH_MS, signal }, async ({ status, headers, body }) => {
    if (status !== 200) {
      throw new RequestError(
        'media_unavailable',
        `the address of a picture or video answered ${status}: give one that answers with the file`,
      );
    }
    const { 'content-length': length, 'transfer-encoding': coding } = headers;
    onHead(coding === undefined && typeof length === 'string' ? Number(length) : maxBytes);
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    return Buffer.concat(parts);
  });
}
