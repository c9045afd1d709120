import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { PAGE_HEADERS } from './page-headers.js';
import { isPagePath } from './page-paths.js';

/** Answers a request, or leaves it to the next. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const PAGE = '/index.html';
const NO_PAGE = 'The dashboard has not been built: run "npm run build".\n';

/**
 * Serves the built dashboard: one page at all its addresses, and its files, whose names change with what is in them.
 * @param folder with the built page; without it the page's addresses say how it is built
 */
export function dashboardFiles(folder: string): RequestHandler {
  const files = existsSync(join(folder, PAGE)) ? serveFolder(folder) : null;
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    const [path = '', query] = (request.url ?? '').split('?');
    const isPage = isPagePath(path);
    if (!isPage && !path.startsWith('/assets/')) {
      next();
    } else if (files === null) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end(NO_PAGE);
    } else {
      if (isPage) request.url = query === undefined ? PAGE : `${PAGE}?${query}`;
      files(request, response, next);
    }
  };
}

function serveFolder(folder: string): RequestHandler {
  return sirv(folder, {
    gzip: true,
    brotli: true,
    etag: true,
    extensions: [],
    setHeaders: (response, path) => {
      const isPage = path === PAGE;
      response.setHeader('cache-control', isPage ? 'no-cache' : 'public, max-age=31536000, immutable');
      if (isPage) for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
    },
  });
}
