import { randomBytes } from 'node:crypto';
import { RetryableError } from '../../shared/errors.js';
import type { Access } from './access.js';
import type { KeyRing } from './key-ring.js';
import { hashOfKey } from './key-text.js';

/** Long enough to open a connection. */
const SHORT_SECONDS = 60;
/** For one topic: long enough to watch a video that is read part by part. */
const TOPIC_SECONDS = 3600;
const MAX_TICKETS = 10_000;

export interface Ticket {
  readonly ticket: string;
  readonly expiresMs: number;
}

/**
 * Lends what a key may look at and ask to an address with `?ticket=`, where a browser can send no header: event
 * streams, pictures, videos. Kept in memory, as hashes; they end with their key.
 */
export class Tickets {
  readonly #lent = new Map<string, { readonly access: Access; readonly expiresMs: number }>();

  constructor(
    private readonly keys: Pick<KeyRing, 'counts'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws RequestError `topic_refused`; RetryableError `too_many_tickets` */
  lend(holder: Access, topic: string | null): Ticket {
    if (topic !== null) holder.expectTopic(topic);
    this.#sweep();
    if (this.#lent.size >= MAX_TICKETS) {
      throw new RetryableError(
        'too_many_tickets',
        `${MAX_TICKETS} tickets are lent already: try again in a minute`,
      );
    }
    const ticket = randomBytes(32).toString('base64url');
    const expiresMs = this.now() + (topic === null ? SHORT_SECONDS : TOPIC_SECONDS) * 1000;
    this.#lent.set(hashOfKey(ticket), { access: holder.lent(topic), expiresMs });
    return { ticket, expiresMs };
  }

  /** Found by its hash, so that the time it takes tells nothing of the tickets there are. */
  access(ticket: string): Access | null {
    const lent = this.#lent.get(hashOfKey(ticket));
    if (lent === undefined || lent.expiresMs <= this.now() || !this.keys.counts(lent.access)) return null;
    return lent.access;
  }

  /** They are kept in the order of their lending, not of their end: all are looked at. */
  #sweep(): void {
    for (const [hash, { expiresMs }] of this.#lent) if (expiresMs <= this.now()) this.#lent.delete(hash);
  }
}
