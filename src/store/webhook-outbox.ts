import type { StoredEvent } from './stored-event.js';
import type { StoredWebhook } from './stored-webhook.js';

/** `dead`: it was tried as often as it is, and waits for somebody to have it sent again. */
export const DELIVERY_STATES = ['waiting', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An event on its way to a webhook. It is gone once it has arrived. */
export interface Delivery extends StoredEvent {
  /** The same at every attempt, so that the receiver can tell one that comes twice. */
  readonly id: string;
  readonly webhook: string;
  readonly state: DeliveryState;
  /** How often it was tried. */
  readonly attempts: number;
  /** Milliseconds since 1970 before which it is not tried again. */
  readonly dueMs: number;
  /** Why the last attempt came to nothing. */
  readonly failure: string | null;
}

/**
 * What is to be sent to webhooks. It survives the death of the process: an event that was kept is delivered, if need be
 * twice. Events that retention or the deletion of their topic removes are not delivered any more.
 */
export interface WebhookOutbox {
  /** The place of the newest event that was kept in any topic. */
  newest(): Promise<number>;
  /**
   * Makes deliveries of the next events, at most `limit`, that were kept and not looked at yet.
   * @returns how many were looked at
   */
  fill(webhooks: readonly StoredWebhook[], limit: number, nowMs: number): Promise<number>;
  /** The first that waits in each topic, if it is due: at most `limit`, those that waited longest first. */
  heads(webhook: string, nowMs: number, limit: number): Promise<readonly Delivery[]>;
  /** When the next one after now is due in any of the webhooks; null when none is. */
  nextDue(webhooks: readonly string[], nowMs: number): Promise<number | null>;
  /** It has arrived. */
  remove(id: string): Promise<void>;
  /** It has not: it waits until it is due again, or is dead. */
  fail(
    id: string,
    failure: string,
    next: { readonly state: DeliveryState; readonly dueMs: number },
  ): Promise<void>;
  /** Oldest first. */
  list(webhook: string, state: DeliveryState, limit: number, offset: number): Promise<readonly Delivery[]>;
  count(webhook: string, state: DeliveryState): Promise<number>;
  /** Lets one that is dead, or all, wait again; resolves with how many. */
  revive(webhook: string, id: string | null, nowMs: number): Promise<number>;
  removeOfWebhook(webhook: string): Promise<void>;
}
