/** How webhooks are treated; docs/webhooks.md shows the same table. */
export const WEBHOOK_LIMITS = {
  /** Webhooks at a time. */
  maxWebhooks: 100,
  /** A receiver has to answer by then. */
  answerMs: 15_000,
  /** Deliveries under way, to all together. */
  atOnce: 16,
  /** Deliveries under way to one webhook, each of another topic. */
  atOncePerWebhook: 4,
  /** A webhook to which every delivery has failed for so long is disabled. */
  disableAfterMs: 3 * 24 * 3600 * 1000,
  /** `Retry-After` is heeded up to this. */
  maxRetryAfterMs: 3600 * 1000,
  /** A delivery of which the store cannot keep how it went is sent again after this; a store that failed is asked again. */
  storeRetryMs: 5000,
} as const;

export type WebhookLimits = { readonly [Name in keyof typeof WEBHOOK_LIMITS]: number };
