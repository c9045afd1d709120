import type { IncomingMessage } from 'node:http';
import { RequestError } from '../../shared/errors.js';
import { Access } from './access.js';
import { credentialsOf } from './credentials.js';
import type { KeyRing } from './key-ring.js';
import { RequestLimits } from './request-limits.js';
import { routeRule } from './route-rule.js';
import type { Tickets } from './tickets.js';

export interface AccessGateOptions {
  readonly keys: KeyRing;
  readonly tickets: Tickets;
  readonly limits: RequestLimits;
}

/** Decides about each request, before anything of its body is read: who sends it, how often, and whether they may. */
export class AccessGate {
  readonly #given = new WeakMap<IncomingMessage, Access>();

  constructor(private readonly options: AccessGateOptions) {}

  /**
   * Lets a request in; what it may do further is `accessOf` it.
   * @throws RequestError `key_missing`, `key_unknown`, `scope_missing`, `topic_refused`, `bad_request`; TooManyRequests
   */
  async admit(request: IncomingMessage): Promise<Access | null> {
    const rule = routeRule(request.method ?? '', request.url ?? '');
    const address = RequestLimits.who(request.socket.remoteAddress ?? '');
    if (rule.kind === 'open') {
      await this.options.limits.takeRequest(address);
      return null;
    }
    const access = await this.#identify(request, address);
    await this.options.limits.takeRequest(access.keyId ?? address);
    if (rule.kind === 'scope') {
      access.expectScope(rule.scope);
      if (rule.topic !== null && 'one' in rule.topic) access.expectTopic(rule.topic.one);
      else if (rule.topic !== null) access.expectAll(rule.topic.all);
    }
    this.#given.set(request, access);
    return access;
  }

  /** What the sender of a request that was let in may do. */
  accessOf(request: IncomingMessage): Access {
    const access = this.#given.get(request);
    if (access === undefined) throw new TypeError('the request did not pass the gate');
    return access;
  }

  /** Calls when the access counts no more; @returns to be called when that is no longer of interest */
  onRevoked(access: Access, listener: () => void): () => void {
    return this.options.keys.onRevoked(access, listener);
  }

  async #identify(request: IncomingMessage, address: string): Promise<Access> {
    const { keys, tickets, limits } = this.options;
    const { key, ticket } = credentialsOf(request);
    const found = key === null ? null : keys.access(key);
    if (found !== null) return found;
    const lent = ticket === null ? null : tickets.access(ticket);
    if (lent !== null) return lent;
    if (keys.isOpen) return Access.everything();
    await limits.takeRefusal(address);
    if (key === null && ticket === null) {
      throw new RequestError('key_missing', 'the request has no API key: send "Authorization: Bearer KEY"');
    }
    throw new RequestError(
      'key_unknown',
      'the API key or ticket is unknown, revoked or expired: use another',
    );
  }
}
