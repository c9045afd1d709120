import { randomUUID } from 'node:crypto';
import { RequestError, RetryableError } from '../../shared/errors.js';
import type { Store } from '../../store/store.js';
import type { StoredWebhook } from '../../store/stored-webhook.js';
import type { WebhookLimits } from './webhook-limits.js';
import type { WebhookPost } from './webhook-post.js';
import type { WebhookSender } from './webhook-sender.js';
import { newSecret, secretBytes } from './webhook-secret.js';

export interface NewWebhook {
  readonly url: string;
  readonly topics: readonly string[];
  readonly kinds: readonly string[] | null;
  /** Null: one is made. */
  readonly secret: string | null;
}

export interface WebhookRegistryOptions {
  readonly store: Store;
  readonly web: WebhookPost;
  readonly limits: WebhookLimits;
  /** Told that there may be something to send. */
  readonly sender: Pick<WebhookSender, 'wake'>;
  readonly now?: () => number;
}

/** The webhooks there are, and what could not be delivered to them. */
export class WebhookRegistry {
  readonly #now: () => number;

  constructor(private readonly options: WebhookRegistryOptions) {
    this.#now = options.now ?? Date.now;
  }

  /**
   * Events that are kept from now on are sent to it.
   * @throws RequestError `bad_webhook_secret`, those of the address policy; RetryableError
   * `too_many_webhooks`
   */
  async create({ url, topics, kinds, secret }: NewWebhook): Promise<StoredWebhook> {
    const { store, web, limits } = this.options;
    if ((await store.webhooks.count()) >= limits.maxWebhooks) {
      throw new RetryableError(
        'too_many_webhooks',
        `${limits.maxWebhooks} webhooks are kept already: delete one first`,
      );
    }
    if (secret !== null) secretBytes(secret);
    await web.expectAllowed(url);
    const webhook: StoredWebhook = {
      id: randomUUID(),
      createdMs: this.#now(),
      url,
      topics: [...topics],
      kinds: kinds === null ? null : [...kinds],
      secret: secret ?? newSecret(),
      state: 'active',
      reason: null,
      failingSinceMs: null,
      afterEvent: await store.outbox.newest(),
    };
    await store.webhooks.put(webhook);
    return webhook;
  }

  /** @throws RequestError `webhook_not_found` */
  async get(id: string): Promise<StoredWebhook> {
    const webhook = await this.options.store.webhooks.get(id);
    if (webhook !== null) return webhook;
    throw new RequestError(
      'webhook_not_found',
      `there is no webhook ${JSON.stringify(id)}: see GET /v1/webhooks`,
    );
  }

  /** Sends to one again that was disabled: what waited goes first, what came meanwhile is not sent. */
  async enable(id: string): Promise<StoredWebhook> {
    const webhook = { ...(await this.get(id)), state: 'active', reason: null, failingSinceMs: null } as const;
    await this.options.store.webhooks.put(webhook);
    this.options.sender.wake();
    return webhook;
  }

  /** Removes one with all that waits for it. */
  async remove(id: string): Promise<void> {
    await this.get(id);
    await this.options.store.webhooks.remove(id);
    await this.options.store.outbox.removeOfWebhook(id);
  }

  /**
   * Lets a dead delivery, or all of them, be tried again.
   * @throws RequestError `delivery_not_found`
   */
  async redeliver(id: string, delivery: string | null): Promise<number> {
    await this.get(id);
    const count = await this.options.store.outbox.revive(id, delivery, this.#now());
    if (delivery !== null && count === 0) {
      throw new RequestError(
        'delivery_not_found',
        `there is no dead delivery ${JSON.stringify(delivery)}: see GET /v1/webhooks/ID/deliveries?state=dead`,
      );
    }
    this.options.sender.wake();
    return count;
  }
}
