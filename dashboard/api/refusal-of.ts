import { ApiError } from './api-error.js';
import { jsonIn } from './json-in.js';

/** The error in an answer that refuses; its status alone when a proxy answered in the server's place. */
export function refusalOf(status: number, text: string): ApiError {
  const { error } = (jsonIn(text) ?? {}) as { error?: { code?: string; message?: string } };
  return new ApiError(
    status,
    error?.code ?? `http_${status}`,
    error?.message ?? `The server answered ${status}.`,
  );
}
