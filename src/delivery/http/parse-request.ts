import type { z } from 'zod';
import { RequestError } from '../../shared/errors.js';

/** A client that sends a thousand wrong fields is told of the first few. */
const MAX_ISSUES = 5;

/**
 * Checks what a client sent against a schema.
 * @throws RequestError `bad_request`, naming the fields
 */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => `${path.length === 0 ? 'the request' : path.join('.')}: ${message}`);
  throw new RequestError('bad_request', `the request cannot be read: ${issues.join('; ')}`);
}
