import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'express';
import type { ByteBudget } from './byte-budget.js';
import { chatTooLarge } from './chat-too-large.js';

export interface ChatBodyLimits {
  /** Of one request. */
  readonly maxBytes: number;
  /** Of all requests that are being answered. */
  readonly budget: ByteBudget;
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
export function chatBodyReader({ maxBytes, budget }: ChatBodyLimits): BodyReader {
  const parse = json({ limit: maxBytes });
  return (request, response, next) => {
    const { 'content-length': length = maxBytes, 'content-encoding': encoding = 'identity' } =
      request.headers;
    // What is packed may become as large as is allowed.
    const told = encoding === 'identity' ? Number(length) : Math.max(Number(length), maxBytes);
    if (told > maxBytes) {
      response.setHeader('connection', 'close'); // the rest is not read
      next(chatTooLarge(maxBytes));
      return;
    }
    try {
      response.once('close', budget.hold(told));
    } catch (error) {
      response.setHeader('connection', 'close');
      next(error);
      return;
    }
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Express gives it its own prototype, which comes from this one
    parse(request, response, (error?: unknown) => {
      if (isTooLarge(error)) next(chatTooLarge(maxBytes));
      else next(error);
    });
  };
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.too.large';
}
