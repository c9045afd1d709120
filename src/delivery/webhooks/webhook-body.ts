import type { StoredWebhook } from '../../store/stored-webhook.js';
import type { Delivery } from '../../store/webhook-outbox.js';

/** A webhook as it is told over HTTP, without its secret. */
export function webhookBody(webhook: StoredWebhook): object {
  const { id, url, topics, kinds, state, reason, failingSinceMs, createdMs } = webhook;
  return {
    id,
    url,
    topics,
    kinds,
    state,
    reason,
    failing_since: failingSinceMs === null ? null : new Date(failingSinceMs).toISOString(),
    created_at: new Date(createdMs).toISOString(),
  };
}

/** A delivery that has not arrived. */
export function deliveryBody({ id, state, attempts, dueMs, failure, topic, seq, event }: Delivery): object {
  const nextAt = state === 'dead' ? null : new Date(dueMs).toISOString();
  return { id, state, attempts, next_attempt_at: nextAt, failure, topic, seq, event };
}
