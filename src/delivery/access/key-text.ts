import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'pali';
const ID_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A new key: `pali_ID_SECRET`, the secret of 256 random bits. */
export function newKeyText(): { readonly id: string; readonly text: string } {
  const id = [...randomBytes(8)].map((byte) => ID_LETTERS[byte % ID_LETTERS.length] ?? '').join('');
  return { id, text: `${PREFIX}_${id}_${randomBytes(32).toString('base64url')}` };
}

/** What is kept of a key: SHA-256, hexadecimal. */
export function hashOfKey(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
