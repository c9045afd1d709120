import { askForKey } from './access-state.js';
import { unreachable } from './api-error.js';
import { apiKey } from './api-key.js';
import { jsonIn } from './json-in.js';
import { refusalOf } from './refusal-of.js';

const UNAUTHORIZED = 401;

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * Asks the server; the answer's type is what the server's own source says of the route.
 * @throws ApiError
 */
export async function request<Body>(path: string, options: RequestOptions = {}): Promise<Body> {
  const { method = 'GET', body, signal } = options;
  const key = apiKey();
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  const { response, text } = await answerTo(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.status === UNAUTHORIZED) askForKey();
  if (!response.ok) throw refusalOf(response.status, text);
  const parsed = text === '' ? null : jsonIn(text);
  if (parsed === undefined) throw unreachable();
  return parsed as Body;
}

async function answerTo(path: string, init: RequestInit): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(path, init);
    return { response, text: await response.text() };
  } catch (error) {
    throw init.signal?.aborted === true ? error : unreachable();
  }
}
