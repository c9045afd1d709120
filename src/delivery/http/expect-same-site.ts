import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../../shared/errors.js';
import { isLoopback } from '../loopback.js';

/**
 * Refuses what a web page of another site makes a browser send: a name of its own that leads here (DNS rebinding), and
 * any request from another origin, as CORS is closed.
 *
 * @param host address the server listens on
 * @throws RequestError `host_refused`, `origin_refused`
 */
export function expectSameSite(headers: IncomingHttpHeaders, host: string): void {
  const asked = parsed(`http://${headers.host ?? ''}`);
  const name = asked?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (asked === null || !(isLoopback(name) || name === host)) {
    throw new RequestError(
      'host_refused',
      `the server is not known as ${JSON.stringify(headers.host ?? '')}: call it by the address it listens on`,
    );
  }
  const { origin } = headers;
  if (origin === undefined || parsed(origin)?.host === asked.host) return;
  throw new RequestError(
    'origin_refused',
    `requests from pages of ${JSON.stringify(origin)} are not answered: call from a page of this server, or from a program`,
  );
}

function parsed(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
