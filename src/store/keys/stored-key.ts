import { z } from 'zod';

/** What a key may do: look, put questions, and create, change and delete. */
export const SCOPES = ['read', 'ask', 'manage'] as const;
export type Scope = (typeof SCOPES)[number];

/** `videos/*`, `streams/front-door`, `streams/yard-*`, or `*` for all. */
export const topicPattern = z
  .string()
  .regex(
    /^(?:\*|(?:videos|streams)\/(?:[\w-]{1,64}|[\w-]{0,63}\*))$/,
    'give videos/*, streams/ID, streams/PART* or *',
  );

/** An API key as it is kept: its text cannot be found out from it. */
export const storedKey = z.strictObject({
  /** The part of the key that may be shown. */
  id: z.string().regex(/^[a-z0-9]{8}$/),
  name: z.string().regex(/^[\w .-]{1,100}$/, 'give letters, digits, spaces, dots and dashes'),
  scopes: z.array(z.enum(SCOPES)).min(1),
  topics: z.array(topicPattern).min(1).max(100),
  /** SHA-256 of the whole key, hexadecimal. A key holds 256 random bits: a slow hash would add nothing. */
  hash: z.string().regex(/^[\da-f]{64}$/),
  createdMs: z.number(),
  /** Null: never. */
  expiresMs: z.number().nullable(),
});
export type StoredKey = Readonly<z.infer<typeof storedKey>>;
