import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type PageFile, readPageFiles } from './page-files.js';
import { PAGE_HEADERS } from './page-headers.js';
import { isPagePath } from './page-paths.js';

/** Answers a request, or leaves it to the next. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const PAGE = '/index.html';
const NO_PAGE = 'The dashboard has not been built: run "npm run build".\n';

/**
 * Serves the built dashboard: one page at all its addresses, and its files, whose names change with what is in them.
 * @param folder with the built page, read once; without it the page's addresses say how it is built
 */
export function dashboardFiles(folder: string): RequestHandler {
  const files = existsSync(join(folder, PAGE)) ? readPageFiles(folder) : null;
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    const [path = ''] = (request.url ?? '').split('?');
    const isPage = isPagePath(path);
    if (!isPage && !path.startsWith('/assets/')) {
      next();
    } else if (files === null) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end(NO_PAGE);
    } else {
      const understood = request.headers['accept-encoding'] ?? '';
      const file = files
        .get(isPage ? PAGE : path)
        ?.find(({ encoding }) => encoding === null || understood.includes(encoding));
      if (file === undefined) next();
      else sendFile(request, response, file, isPage);
    }
  };
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: PageFile, isPage: boolean): void {
  const { bytes, etag, type, encoding } = file;
  const headers = {
    etag,
    vary: 'Accept-Encoding',
    'cache-control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
    ...(isPage ? PAGE_HEADERS : {}),
  };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-type': type,
    'content-length': bytes.length,
    ...(encoding === null ? {} : { 'content-encoding': encoding }),
  });
  response.end(bytes); // nothing of it goes out to HEAD
}
