import { randomBytes } from 'node:crypto';
import { RequestError } from '../../shared/errors.js';

const PREFIX = 'whsec_';
const NEW_BYTES = 32;
/** As Standard Webhooks has it. */
const MIN_BYTES = 24;
const MAX_BYTES = 64;

export function newSecret(): string {
  return PREFIX + randomBytes(NEW_BYTES).toString('base64');
}

/**
 * The bytes of a secret as Standard Webhooks writes it.
 * @throws RequestError `bad_webhook_secret`
 */
export function secretBytes(secret: string): Buffer {
  const base64 = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') === base64 && bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES)
    return bytes;
  throw new RequestError(
    'bad_webhook_secret',
    `the secret is not whsec_ and ${MIN_BYTES} to ${MAX_BYTES} bytes in base64: leave it out to be given one`,
  );
}
