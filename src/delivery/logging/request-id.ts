import { randomUUID } from 'node:crypto';

/** What proxies and tracers give; anything else could forge or swell the log. */
const SANE = /^[\w.:=+/-]{1,128}$/;

/** The id of a request: the client's own (`x-request-id`), if it is sane, else a new one. */
export function requestId(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}
