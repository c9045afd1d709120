import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../shared/errors.js';
import type { Store } from '../../store/store.js';
import type { StoredWebhook } from '../../store/stored-webhook.js';
import type { Delivery } from '../../store/webhook-outbox.js';
import type { TopicHub } from '../live/topic-hub.js';
import { type DeliveryOutcome, deliveryOutcome } from './delivery-outcome.js';
import { retryWait } from './retry-wait.js';
import { signDelivery } from './sign-delivery.js';
import type { WebhookLimits } from './webhook-limits.js';
import type { WebhookPost } from './webhook-post.js';

export interface WebhookSenderOptions {
  readonly store: Store;
  readonly hub: TopicHub;
  readonly web: WebhookPost;
  readonly limits: WebhookLimits;
  /** Told what should not happen: the store failed. */
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** Looked at in one transaction. */
const EVENTS_A_TURN = 500;
/** `setTimeout` takes no more; whoever wakes earlier looks again. */
const MAX_SLEEP_MS = 3600 * 1000;

/**
 * Sends what webhooks want: each event at least once, those of a topic one after the other, in their order. What fails
 * is tried again later and holds up its topic alone.
 */
export class WebhookSender {
  readonly #under = new Map<string, { readonly webhook: string; readonly over: Promise<void> }>();
  readonly #closing = new AbortController();
  readonly #now: () => number;
  readonly #random: () => number;
  #timer: NodeJS.Timeout | null = null;
  #turning: Promise<void> | null = null;
  #isAskedAgain = false;

  constructor(private readonly options: WebhookSenderOptions) {
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? Math.random;
  }

  /** Begins with what a server before left. */
  start(): void {
    this.options.hub.watch(({ seq }) => {
      if (seq !== null) this.wake();
    });
    this.wake();
  }

  /** To be called when there may be something to send. */
  wake(): void {
    if (this.#closing.signal.aborted) return;
    this.#isAskedAgain = true;
    this.#turning ??= this.#turn()
      .catch((error: unknown) => {
        this.options.onFailure(error);
        this.#wakeIn(this.options.limits.storeRetryMs);
      })
      .finally(() => {
        this.#turning = null;
        if (this.#isAskedAgain) this.wake();
      });
  }

  /** Breaks off what is under way: it is sent again at the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#turning;
    await Promise.all([...this.#under.values()].map(({ over }) => over));
  }

  async #turn(): Promise<void> {
    this.#isAskedAgain = false;
    const { store, limits } = this.options;
    const webhooks = (await store.webhooks.list(limits.maxWebhooks, 0)).filter(
      ({ state }) => state === 'active',
    );
    while ((await store.outbox.fill(webhooks, EVENTS_A_TURN, this.#now())) === EVENTS_A_TURN);
    for (const webhook of webhooks) await this.#begin(webhook);
    await this.#sleep(webhooks.map(({ id }) => id));
  }

  async #begin(webhook: StoredWebhook): Promise<void> {
    const { store, limits } = this.options;
    const own = [...this.#under.values()].filter((one) => one.webhook === webhook.id).length;
    let free = Math.min(limits.atOnce - this.#under.size, limits.atOncePerWebhook - own);
    if (free <= 0) return; // the end of one wakes
    const heads = await store.outbox.heads(webhook.id, this.#now(), own + free);
    for (const delivery of heads) {
      if (free === 0 || this.#closing.signal.aborted) return;
      if (this.#under.has(delivery.id)) continue;
      free--;
      const over = this.#deliver(webhook, delivery)
        .catch((error: unknown) => this.#rest(error))
        .finally(() => {
          this.#under.delete(delivery.id);
          this.wake();
        });
      this.#under.set(delivery.id, { webhook: webhook.id, over });
    }
  }

  /** What the store did not keep is due still: it is not sent again at once. */
  async #rest(error: unknown): Promise<void> {
    const { onFailure, limits } = this.options;
    onFailure(error);
    await pause(limits.storeRetryMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }

  async #sleep(webhooks: readonly string[]): Promise<void> {
    const now = this.#now();
    const due = await this.options.store.outbox.nextDue(webhooks, now);
    this.#wakeIn(due === null ? null : Math.min(due - now, MAX_SLEEP_MS));
  }

  /** Instead of when it would have been; null: only when somebody asks. */
  #wakeIn(ms: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (ms === null || this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.wake();
    }, ms);
  }

  async #deliver(webhook: StoredWebhook, delivery: Delivery): Promise<void> {
    const { store } = this.options;
    const outcome = await this.#attempt(webhook, delivery);
    if (outcome === null) return;
    if (outcome.kind === 'arrived') {
      await store.outbox.remove(delivery.id);
      await this.#note(webhook.id, { failingSinceMs: null });
      return;
    }
    const now = this.#now();
    const wait = retryWait(delivery.attempts + 1, this.#random());
    const retryAfterMs = outcome.kind === 'failed' ? outcome.retryAfterMs : 0;
    const state = wait === null ? 'dead' : 'waiting';
    const dueMs = now + Math.max(wait ?? 0, retryAfterMs);
    await store.outbox.fail(delivery.id, outcome.failure, { state, dueMs });
    await this.#noteFailure(webhook.id, outcome);
  }

  /** Null when the server ends meanwhile. */
  async #attempt(webhook: StoredWebhook, delivery: Delivery): Promise<DeliveryOutcome | null> {
    const { web, limits } = this.options;
    const { signal } = this.#closing;
    try {
      const signed = signDelivery(delivery, webhook.secret, this.#now());
      const answer = await web.post(webhook.url, { ...signed, timeoutMs: limits.answerMs, signal });
      return deliveryOutcome(answer, limits.maxRetryAfterMs);
    } catch (error) {
      return signal.aborted ? null : { kind: 'failed', failure: messageOf(error), retryAfterMs: 0 };
    }
  }

  async #noteFailure(
    id: string,
    { kind, failure }: Extract<DeliveryOutcome, { failure: string }>,
  ): Promise<void> {
    const webhook = await this.options.store.webhooks.get(id);
    if (webhook === null) return;
    const since = webhook.failingSinceMs ?? this.#now();
    const isOver = kind === 'gone' || this.#now() - since >= this.options.limits.disableAfterMs;
    const reason = `every delivery failed since ${new Date(since).toISOString()}, the last as ${failure}`;
    const end = { state: 'disabled', reason: kind === 'gone' ? failure : reason } as const;
    await this.#note(id, { failingSinceMs: since, ...(isOver ? end : {}) });
  }

  async #note(id: string, change: Partial<StoredWebhook>): Promise<void> {
    const webhook = await this.options.store.webhooks.get(id); // it may have been deleted or changed meanwhile
    const isNew = webhook !== null && webhook.failingSinceMs !== change.failingSinceMs;
    if (webhook !== null && (isNew || change.state !== undefined)) {
      await this.options.store.webhooks.put({ ...webhook, ...change });
    }
  }
}
