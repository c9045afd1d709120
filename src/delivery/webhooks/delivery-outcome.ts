import type { PostAnswer } from './webhook-post.js';

/** What an answer means for a delivery. */
export type DeliveryOutcome =
  | { readonly kind: 'arrived' }
  | { readonly kind: 'failed'; readonly failure: string; readonly retryAfterMs: number }
  /** The receiver wants no more, ever. */
  | { readonly kind: 'gone'; readonly failure: string };

/** Only 2xx says that it has arrived: redirects are not followed, as they could lead anywhere. */
export function deliveryOutcome(
  { status, retryAfterSeconds }: PostAnswer,
  maxRetryAfterMs: number,
): DeliveryOutcome {
  if (status >= 200 && status < 300) return { kind: 'arrived' };
  const failure = `the receiver answered ${status}`;
  if (status === 410) return { kind: 'gone', failure };
  const retryAfterMs = Math.min((retryAfterSeconds ?? 0) * 1000, maxRetryAfterMs);
  return { kind: 'failed', failure, retryAfterMs };
}
