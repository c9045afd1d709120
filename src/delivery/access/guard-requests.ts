import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorAnswer } from '../http/error-body.js';
import { expectSameSite, type Site } from '../http/expect-same-site.js';
import { openAiError, readsOpenAi } from '../http/openai-error.js';
import type { AccessGate } from './access-gate.js';

/**
 * Stands before all routes: whoever may not ask is answered before the body is read, and whose key is revoked is cut
 * off in the middle of an answer. A request whose client has gone before it is admitted goes no further: nothing that
 * waits for the end of its answer would hear of it.
 */
export function guardRequests(gate: AccessGate, site: Site) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const refuse = (error: unknown): void => {
      const told = errorAnswer(error);
      const { status, body } = readsOpenAi(request.url ?? '') ? openAiError(error, told) : told;
      response.writeHead(status, {
        ...told.headers,
        'content-type': 'application/json',
        connection: 'close',
      });
      response.end(JSON.stringify(body));
    };
    const admit = async (): Promise<void> => {
      expectSameSite(request.headers, site);
      const access = await gate.admit(request);
      if (access === null || response.destroyed) return;
      const forget = gate.onRevoked(access, () => response.destroy());
      response.once('close', forget);
    };
    admit().then(() => {
      if (!response.destroyed) next();
    }, refuse);
  };
}
