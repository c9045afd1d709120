import type { IncomingMessage } from 'node:http';

/** What a WebSocket client names as a protocol to hand over its key, as browsers let it send no header. */
export const KEY_PROTOCOL = 'palistream.key.';
/** The protocol of `/v1/live`, which is the one that is chosen. */
export const LIVE_PROTOCOL = 'palistream';

/** What a request shows of who sent it. */
export interface Credentials {
  /** Null when none came. */
  readonly key: string | null;
  readonly ticket: string | null;
}

/** Longer is no key. */
const MAX_LETTERS = 200;

/** A key in `Authorization: Bearer` or among the protocols of a WebSocket, a ticket in the query of a GET. */
export function credentialsOf(request: Pick<IncomingMessage, 'headers' | 'method' | 'url'>): Credentials {
  const { headers, method, url = '' } = request;
  const [, bearer] = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
  const protocol = protocols.find((one) => one.startsWith(KEY_PROTOCOL))?.slice(KEY_PROTOCOL.length);
  const query = method === 'GET' || method === 'HEAD' ? (url.split('?')[1] ?? '') : '';
  return { key: short(bearer ?? protocol), ticket: short(new URLSearchParams(query).get('ticket')) };
}

function short(text: string | null | undefined): string | null {
  return text === null || text === undefined || text === '' || text.length > MAX_LETTERS ? null : text;
}
