import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestId } from './request-id.js';
import { requestScope } from './request-scope.js';

/** A request that is over. */
export interface OverRequest {
  readonly method: string;
  /** As it was asked for, without its query, which may hold secrets. */
  readonly path: string;
  /** As the controllers name it; `none` when there is no such route. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  /** Whether the answer went out whole. */
  readonly isWhole: boolean;
  /** Whether it was an event stream, which takes as long as its client likes. */
  readonly isStream: boolean;
}

/** What express knows of a request once it has found its route. */
interface Routed {
  readonly route?: { readonly path?: unknown };
}

/**
 * A middleware that gives each request its id, tells it in the answer, and hears when it is over.
 *
 * @param prefixes routes that are served by no controller
 */
export function followRequests(onOver: (request: OverRequest) => void, prefixes: readonly string[]) {
  return (request: IncomingMessage & Routed, response: ServerResponse, next: () => void): void => {
    const begun = performance.now();
    const { method = 'GET', url = '/' } = request; // express changes the address on its way
    const path = url.split('?')[0] ?? '/';
    const id = requestId(request.headers['x-request-id']);
    response.setHeader('x-request-id', id);
    requestScope.run({ request_id: id }, () => {
      const tell = AsyncResource.bind(() => {
        const known = request.route?.path;
        const prefix = prefixes.find((one) => path === one || path.startsWith(`${one}/`));
        onOver({
          ...{ method, path },
          route: typeof known === 'string' ? known : (prefix ?? 'none'),
          status: response.statusCode,
          seconds: (performance.now() - begun) / 1000,
          isWhole: response.writableFinished,
          isStream: response.getHeader('content-type') === 'text/event-stream',
        });
      });
      response.once('close', tell);
      next();
    });
  };
}
