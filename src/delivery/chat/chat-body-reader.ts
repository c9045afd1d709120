import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'express';
import { RequestError, RetryableError } from '../../shared/errors.js';

export interface ChatBodyLimits {
  /** Of one request. */
  readonly maxBytes: number;
  /** Of all requests that are being answered. */
  readonly maxTotalBytes: number;
}

type BodyReader = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Reads bodies that carry pictures and videos, which are larger than other routes take. Their bytes are counted from
 * the head of the request to the end of its answer, so that many of them do not fill the memory.
 */
export function chatBodyReader({ maxBytes, maxTotalBytes }: ChatBodyLimits): BodyReader {
  const parse = json({ limit: maxBytes });
  let held = 0;
  return (request, response, next) => {
    const { 'content-length': length = maxBytes, 'content-encoding': encoding = 'identity' } =
      request.headers;
    // What is packed may become as large as is allowed.
    const told = encoding === 'identity' ? Number(length) : Math.max(Number(length), maxBytes);
    if (told > maxBytes) {
      response.setHeader('connection', 'close'); // the rest is not read
      next(tooLarge(maxBytes));
      return;
    }
    if (held + told > maxTotalBytes) {
      response.setHeader('connection', 'close');
      next(
        new RetryableError(
          'chat_busy',
          'as many pictures and videos are being looked at as may be: try again later',
        ),
      );
      return;
    }
    held += told;
    response.once('close', () => {
      held -= told;
    });
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Express gives it its own prototype, which comes from this one
    parse(request, response, (error?: unknown) => {
      if (isTooLarge(error)) next(tooLarge(maxBytes));
      else next(error);
    });
  };
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.too.large';
}

function tooLarge(maxBytes: number): RequestError {
  return new RequestError(
    'chat_too_large',
    `the request is larger than ${maxBytes} bytes: send smaller pictures, upload the video and give palistream://videos/ID, or raise PALISTREAM_CHAT_MB`,
  );
}
