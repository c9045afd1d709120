import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** Nothing from elsewhere runs in, is shown in, or frames the pages of this server; pictures may be made by scripts. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'", 'blob:', 'data:'],
  mediaSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * The headers that every answer has. Transport security is left to whatever ends TLS: the server speaks plain HTTP.
 * @param isShared whether pages of other sites may read answers
 */
export function securityHeaders(isShared: boolean): Handler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    crossOriginResourcePolicy: { policy: isShared ? 'cross-origin' : 'same-origin' },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' }, // addresses may hold tickets
    strictTransportSecurity: false,
  });
}
