import { createHmac } from 'node:crypto';
import type { Delivery } from '../../store/webhook-outbox.js';
import { secretBytes } from './webhook-secret.js';

export interface SignedDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A delivery as Standard Webhooks sends it: `webhook-signature` is the HMAC-SHA256 of `id.timestamp.body`, so that
 * neither can be changed and an old one cannot be sent again.
 * @param nowMs - of this attempt
 */
export function signDelivery(delivery: Delivery, secret: string, nowMs: number): SignedDelivery {
  const { id, topic, seq, atMs, event } = delivery;
  const timestamp = String(Math.floor(nowMs / 1000));
  const body = JSON.stringify({
    type: event.kind,
    timestamp: new Date(atMs).toISOString(),
    data: { topic, seq, event },
  });
  const signature = createHmac('sha256', secretBytes(secret))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    headers: {
      'content-type': 'application/json',
      'user-agent': 'palistream',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}
