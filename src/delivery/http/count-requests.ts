import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestCounts } from './request-counts.js';

/** What express knows of a request once it has found its route. */
interface Routed {
  readonly route?: { readonly path?: unknown };
}

/** A middleware that counts what is answered. Event streams take as long as their clients like: they are left out. */
export function countRequests(counts: RequestCounts, uploadsPath: string) {
  return (request: IncomingMessage & Routed, response: ServerResponse, next: () => void): void => {
    const begun = performance.now();
    response.once('close', () => {
      if (response.getHeader('content-type') === 'text/event-stream') return;
      const path = request.route?.path;
      const isUpload = request.url?.startsWith(uploadsPath) === true;
      const route = typeof path === 'string' ? path : isUpload ? uploadsPath : 'none';
      const seconds = (performance.now() - begun) / 1000;
      counts.add({ method: request.method ?? 'GET', route, status: response.statusCode, seconds });
    });
    next();
  };
}
