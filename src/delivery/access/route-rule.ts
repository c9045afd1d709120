import { RequestError } from '../../shared/errors.js';
import type { Scope } from '../../store/keys/stored-key.js';

/** What a request needs. */
export type RouteRule =
  /** Nothing: no data is there. */
  | { readonly kind: 'open' }
  /** Any key: what it may do is looked at later. */
  | { readonly kind: 'key' }
  | {
      readonly kind: 'scope';
      readonly scope: Scope;
      /** One topic, or all that begin so; null when the answer is cut to what the key reaches. */
      readonly topic: { readonly one: string } | { readonly all: string } | null;
    };

/** What is the same for all keys, or cut to the part that the key reaches. */
const READABLE = new Set(['videos', 'streams', 'search', 'frames', 'models', 'status']);

/**
 * Decides by method and path alone what a request needs, before anything of it is read. What is not known needs
 * `manage` and all topics, so that a route that was forgotten here is closed.
 * @throws RequestError `bad_request` for a path that others might read otherwise
 */
export function routeRule(method: string, url: string): RouteRule {
  const segments = segmentsOf(url);
  const [first = '', second = '', id = ''] = segments;
  const isRead = method === 'GET' || method === 'HEAD';
  if (first === 'metrics' || first === 'openapi.json') return needs('read', null);
  if (first !== 'v1') return isRead ? { kind: 'open' } : needs('manage', { all: '' });
  switch (second) {
    case 'live':
    case 'tickets':
      return { kind: 'key' };
    case 'chat':
      return needs('ask', null); // which videos a message names is known to the message alone
    case 'jobs':
      return needs(isRead ? 'read' : 'manage', null); // which video it is of is known to the job alone
    case 'uploads':
      return needs('manage', { all: 'videos/' });
    case 'samples':
      return isRead ? needs('read', null) : needs('manage', { all: 'videos/' }); // becomes a video
    case 'videos':
    case 'streams':
      if (id === '' && !isRead) return needs('manage', { all: `${second}/` });
      if (id !== '') return needs(scopeOf(isRead, segments), { one: `${second}/${id}` });
  }
  return isRead && READABLE.has(second) ? needs('read', null) : needs('manage', { all: '' });
}

/** Questions change nothing, though they are posted. */
function scopeOf(isRead: boolean, segments: readonly string[]): Scope {
  if (isRead) return 'read';
  return segments.length === 4 && segments[3] === 'ask' ? 'ask' : 'manage';
}

/** As the router reads them: without regard to case or a closing slash, ids decoded. */
function segmentsOf(url: string): string[] {
  const path = url.split('?')[0] ?? '';
  if (!path.startsWith('/') || path.startsWith('//') || /[#\\\s\p{Cc}]/u.test(url)) throw bad();
  const segments = path.slice(1).split('/');
  if (segments.at(-1) === '') segments.pop();
  return segments.map((segment, place) => (place === 2 ? decoded(segment) : segment.toLowerCase()));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw bad();
  }
}

function needs(scope: Scope, topic: { one: string } | { all: string } | null): RouteRule {
  return { kind: 'scope', scope, topic };
}

function bad(): RequestError {
  return new RequestError(
    'bad_request',
    'the path of the request cannot be read: encode it, and begin it with one "/"',
  );
}
