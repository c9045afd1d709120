import type { IncomingMessage, ServerResponse } from 'node:http';
import { PalistreamError } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { type ErrorAnswer, errorAnswer } from './error-body.js';
import { openAiError, readsOpenAi } from './openai-error.js';

/** What Nest calls with whatever a request threw; it asks for no more than this shape. */
interface Host {
  switchToHttp(): { getRequest(): unknown; getResponse(): unknown };
}

/** An HttpException of Nest, by its shape. */
interface HttpThrown {
  getStatus(): number;
  getResponse(): unknown;
}

/** Answers every error in the same form: `{"error":{"code","message"}}`, with what else OpenAI's clients read. */
export class ErrorFilter {
  /** @param onBug told what nobody foresaw */
  constructor(
    private readonly onBug: (error: unknown) => void,
    private readonly log: Log,
  ) {}

  catch(thrown: unknown, host: Host): void {
    const response = host.switchToHttp().getResponse() as ServerResponse;
    if (response.destroyed) return; // who asked has gone
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { url = '' } = host.switchToHttp().getRequest() as IncomingMessage;
    const told = this.#answer(thrown);
    const headers = 'headers' in told ? told.headers : {};
    const { status, body } = isError(told) && readsOpenAi(url) ? openAiError(thrown, told) : told;
    if (status >= 500 && !(thrown instanceof PalistreamError) && !isHttp(thrown)) this.onBug(thrown);
    const fields = { request_id: response.getHeader('x-request-id'), status, ...body };
    this.log[status >= 500 ? 'warn' : 'info'](fields, 'request refused');
    response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  }

  #answer(thrown: unknown): { status: number; body: object; headers?: Readonly<Record<string, string>> } {
    return isHttp(thrown) ? httpAnswer(thrown) : errorAnswer(thrown);
  }
}

/** Nest's own (no such route, a body that is no JSON, a file that is too large); ours have a body of their own. */
function httpAnswer(thrown: HttpThrown): { status: number; body: object } {
  const status = thrown.getStatus();
  const body = thrown.getResponse();
  if (typeof body === 'object' && body !== null && 'status' in body) return { status, body };
  const message = sentence(status, thrown instanceof Error ? thrown.message : String(body));
  const error: ErrorAnswer['body'] = { error: { code: CODES[status] ?? `http_${status}`, message } };
  return { status, body: error };
}

/** What Nest says, with what to do. */
function sentence(status: number, said: string): string {
  if (status === 400) return `the request cannot be read: ${said}`;
  return status === 404 ? `${said}: see /openapi.json` : said;
}

function isError(answer: { status: number; body: unknown }): answer is ErrorAnswer {
  return typeof answer.body === 'object' && answer.body !== null && 'error' in answer.body;
}

const CODES: Readonly<Record<number, string>> = {
  404: 'no_such_route',
  413: 'upload_too_large',
  400: 'bad_request',
};

function isHttp(thrown: unknown): thrown is HttpThrown {
  return typeof thrown === 'object' && thrown !== null && 'getStatus' in thrown && 'getResponse' in thrown;
}
