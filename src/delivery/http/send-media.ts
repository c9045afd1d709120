import type { Response } from 'express';
import { RequestError } from '../../shared/errors.js';

/** A file that is served, and how it is announced. */
export interface ServedMedia {
  readonly folder: string;
  /** Its name in the folder. */
  readonly file: string;
  /** Media type: from what was found in it. */
  readonly type: string;
  /** What it is called when it is saved. */
  readonly name: string;
}

/** What `send` gives for a file that it does not send. */
interface SendError extends Error {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Were the file opened as a page of its own it may show itself and do nothing else: it came from a stranger. `sandbox`
 * takes this server's origin from it.
 */
const POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

/**
 * Answers with a file or a part of it (Range, If-Range, If-None-Match, HEAD), so that a player can jump. Who has it
 * asks each time whether it is still there.
 * @throws RequestError `bad_range`, `media_gone`
 */
export async function sendMedia(
  response: Response,
  { folder, file, type, name }: ServedMedia,
): Promise<void> {
  response.attachment(name.toWellFormed()); // encodes the name; what follows makes it inline
  const disposition = String(response.getHeader('content-disposition'));
  const headers = {
    'content-type': type,
    'content-disposition': disposition.replace(/^attachment/, 'inline'),
    'content-security-policy': POLICY,
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  };
  await new Promise<void>((resolve, reject) => {
    response.sendFile(file, { root: folder, cacheControl: false, headers }, (error?: SendError) => {
      // A player that jumps breaks off what it was getting: no error of anybody's.
      if (error === undefined || response.headersSent || response.destroyed) resolve();
      else reject(plainError(error, response));
    });
  });
}

function plainError(error: SendError, response: Response): Error {
  if (error.status === 404) return new RequestError('media_gone', 'the file has just been deleted');
  if (error.status !== 416) return error;
  const length = error.headers?.['Content-Range'];
  if (length !== undefined) response.setHeader('content-range', length);
  return new RequestError(
    'bad_range',
    `the file has no such part (${length ?? 'bytes'}): ask for one inside it`,
  );
}
