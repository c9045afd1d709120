import { Client } from 'undici';
import {
  CancelledError,
  messageOf,
  PalistreamError,
  RequestError,
  RetryableError,
} from '../../shared/errors.js';
import { type Connect, connectChecked } from './connect-checked.js';
import type { CheckedUrl, RemotePolicy } from './remote-policy.js';

export interface RemoteRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Most bytes of the answer's body. */
  readonly maxBytes: number;
  /** For everything, redirects and body included. */
  readonly timeoutMs: number;
  /** Redirects that are followed, 3 by default, each checked as the first address was; 0 takes one as the answer. */
  readonly maxRedirects?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface RemoteAnswer {
  /** Where it came from at last. */
  readonly url: URL;
  readonly status: number;
  /** In lower case, without parameters; empty when none is told. */
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Read once. @throws RequestError `url_too_large`, RetryableError `url_unreachable` */
  readonly body: AsyncIterable<Uint8Array>;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** A host that says nothing for so long has gone. */
const SILENCE_MS = 30_000;
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * HTTP to addresses that came with a request. Each, redirects included, is checked by the policy before anything is
 * connected to, and the connection goes to the checked address: a name cannot change its meaning in between.
 */
export class RemoteClient {
  constructor(
    private readonly policy: RemotePolicy,
    private readonly connect?: Connect,
  ) {}

  /**
   * Asks, and gives the answer to `take`, whatever its status; the connection is closed when that has ended.
   * @throws RequestError `bad_url`, `url_refused`, `url_too_large`; RetryableError `url_unreachable`; CancelledError;
   * what `take` throws
   */
  async request<T>(
    url: string,
    request: RemoteRequest,
    take: (answer: RemoteAnswer) => Promise<T>,
  ): Promise<T> {
    const tooLate = AbortSignal.timeout(request.timeoutMs);
    const signal = request.signal === undefined ? tooLate : AbortSignal.any([tooLate, request.signal]);
    const { maxRedirects = MAX_REDIRECTS } = request;
    let at: CheckedUrl | null = null;
    try {
      at = await orAborted(this.policy.check(url), signal);
      const { origin } = at.url;
      for (let redirects = 0; ; redirects++) {
        const headers: RemoteRequest['headers'] = at.url.origin === origin ? (request.headers ?? {}) : {};
        const next: Hop<T> = await this.#hop(at, { ...request, headers }, signal, take);
        if (next.kind === 'taken') return next.value;
        if (redirects === maxRedirects) {
          throw new RequestError('url_refused', `the address leads on more than ${maxRedirects} times`);
        }
        at = await orAborted(this.#redirected(at.url, next.location), signal);
      }
    } catch (error) {
      if (request.signal?.aborted === true) throw new CancelledError(undefined, { cause: error });
      if (!tooLate.aborted || error instanceof RequestError) throw error;
      throw unreachable(at?.url ?? null, `it took more than ${request.timeoutMs} ms`, error);
    }
  }

  async #hop<T>(
    at: CheckedUrl,
    { method = 'GET', headers = {}, body, maxBytes, maxRedirects }: RemoteRequest,
    signal: AbortSignal,
    take: (answer: RemoteAnswer) => Promise<T>,
  ): Promise<Hop<T>> {
    const client = new Client(at.url.origin, {
      connect: (_, done) => {
        connectChecked(at, this.connect).then(
          (socket) => {
            done(null, socket);
          },
          (error: unknown) => {
            done(error instanceof Error ? error : new Error(messageOf(error)), null);
          },
        );
      },
      headersTimeout: SILENCE_MS,
      bodyTimeout: SILENCE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      pipelining: 0,
    });
    try {
      const path = `${at.url.pathname}${at.url.search}`;
      const answer = await client
        .request({
          path,
          method,
          headers: { 'user-agent': 'palistream', ...headers },
          body: body ?? null,
          signal,
        })
        .catch((error: unknown) => {
          throw error instanceof PalistreamError ? error : unreachable(at.url, messageOf(error), error);
        });
      const { statusCode: status, headers: told } = answer;
      answer.body.on('error', () => undefined); // told to whoever reads it
      const { location } = told;
      if (maxRedirects !== 0 && REDIRECTS.has(status) && typeof location === 'string') {
        return { kind: 'redirected', location };
      }
      const contentType = (/^[^;]*/.exec(String(told['content-type'] ?? ''))?.[0] ?? '').trim().toLowerCase();
      expectSmall(at.url, Number(told['content-length'] ?? 0), maxBytes);
      const bytes = limited(at.url, answer.body, maxBytes);
      return {
        kind: 'taken',
        value: await take({ url: at.url, status, contentType, headers: told, body: bytes }),
      };
    } finally {
      await client.destroy();
    }
  }

  async #redirected(from: URL, location: string): Promise<CheckedUrl> {
    if (!URL.canParse(location, from)) throw new RequestError('bad_url', 'a redirect leads to no address');
    const to = new URL(location, from);
    if (from.protocol === 'https:' && to.protocol === 'http:') {
      throw new RequestError(
        'url_refused',
        'a redirect leads from https to http: give the address behind it',
      );
    }
    return this.policy.check(to);
  }
}

type Hop<T> =
  { readonly kind: 'taken'; readonly value: T } | { readonly kind: 'redirected'; readonly location: string };

/** Names are resolved without a signal. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      reject(new Error('aborted'));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}

async function* limited(
  url: URL,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: unknown) => {
      throw unreachable(url, `it was cut off: ${messageOf(error)}`, error);
    });
    if (next.done === true) return;
    bytes += next.value.length;
    expectSmall(url, bytes, maxBytes);
    yield next.value;
  }
}

function expectSmall(url: URL, bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new RequestError(
    'url_too_large',
    `what lies at ${shown(url)} has more than the ${maxBytes} bytes that are taken: give something smaller`,
  );
}

/** Without path and query, which may hold a token. */
function shown(url: URL | null): string {
  return url === null ? 'the address' : JSON.stringify(url.origin);
}

function unreachable(url: URL | null, why: string, cause: unknown): RetryableError {
  return new RetryableError('url_unreachable', `${shown(url)} cannot be read (${why}): try again`, { cause });
}
