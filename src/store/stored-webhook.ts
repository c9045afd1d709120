import { z } from 'zod';

/** Where events are sent to. */
export const storedWebhook = z.object({
  id: z.string(),
  createdMs: z.number(),
  url: z.string(),
  /** Topics, `videos/*`, `streams/*` or `*`. */
  topics: z.array(z.string()),
  /** Null: all that are kept. */
  kinds: z.array(z.string()).nullable(),
  /** `whsec_` and base64: what deliveries are signed with; never told again after the creation. */
  secret: z.string(),
  state: z.enum(['active', 'disabled']),
  /** Why it is disabled. */
  reason: z.string().nullable(),
  /** Since when every delivery has failed; null when the last one has not. */
  failingSinceMs: z.number().nullable(),
  /** Only events that were kept after this one are sent; see `WebhookOutbox.newest`. */
  afterEvent: z.number(),
});
export type StoredWebhook = Readonly<z.infer<typeof storedWebhook>>;
