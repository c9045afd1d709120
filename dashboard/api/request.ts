import { askForKey } from './access-state.js';
import { ApiError } from './api-error.js';
import { apiKey } from './api-key.js';

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
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new ApiError(0, 'unreachable', 'The server does not answer.');
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? null : JSON.parse(text);
  if (response.status === UNAUTHORIZED) askForKey();
  if (!response.ok) throw errorOf(response.status, parsed);
  return parsed as Body;
}

function errorOf(status: number, body: unknown): ApiError {
  const { error } = (body ?? {}) as { error?: { code?: string; message?: string } };
  return new ApiError(
    status,
    error?.code ?? `http_${status}`,
    error?.message ?? `The server answered ${status}.`,
  );
}
