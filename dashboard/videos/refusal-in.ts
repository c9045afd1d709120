import { jsonIn } from '../api/json-in.js';

/** The server's own sentence in an answer that refuses; null when it is no answer of this server's. */
export function refusalIn(body: string): string | null {
  const { error } = (jsonIn(body) ?? {}) as { error?: { message?: string } };
  return error?.message ?? null;
}
