import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../../shared/errors.js';
import { isLoopback } from '../loopback.js';

/** Whose pages may ask. */
export interface Site {
  /** Address the server listens on. */
  readonly host: string;
  /** Whether anybody who reaches the server may use it, without a key. */
  readonly isOpen: () => boolean;
  /** Origins of other sites whose pages may ask: `https://app.example`. */
  readonly origins: readonly string[];
}

/**
 * Refuses what a web page of another site makes a browser send: any request from an origin that is not allowed and, as
 * long as no key is needed, a name of its own that leads here (DNS rebinding) and pictures or scripts taken from here.
 * @throws RequestError `host_refused`, `origin_refused`
 */
export function expectSameSite(headers: IncomingHttpHeaders, { host, isOpen, origins }: Site): void {
  const asked = parsed(`http://${headers.host ?? ''}`);
  const name = asked?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (asked === null || (isOpen() && !(isLoopback(name) || name === host))) {
    throw new RequestError(
      'host_refused',
      `the server is not known as ${JSON.stringify(headers.host ?? '')}: call it by the address it listens on`,
    );
  }
  const { origin } = headers;
  if (origin === undefined) {
    if (isOpen() && isEmbedded(headers)) throw refused('another site');
  } else if (parsed(origin)?.host !== asked.host && !origins.includes(origin)) {
    throw refused(JSON.stringify(origin));
  }
}

/** What a page of another site fetches without being able to read it; a link to here is no such thing. */
function isEmbedded(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
}

function refused(origin: string): RequestError {
  return new RequestError(
    'origin_refused',
    `requests from pages of ${origin} are not answered: call from a page of this server, from a program, or have the origin added to PALISTREAM_CORS_ORIGINS`,
  );
}

function parsed(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
