import { isIP } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyRequests } from './too-many-requests.js';

export interface RequestLimitOptions {
  /** Of a key, or of an address without one; 0 for no limit. */
  readonly requestsPerMinute: number;
  /** Requests of an address that are refused for want of a key; 0 for no limit. */
  readonly refusalsPerMinute: number;
}

/** Counts requests by the minute. */
export class RequestLimits {
  readonly #requests: RateLimiterMemory | null;
  readonly #refusals: RateLimiterMemory | null;

  constructor({ requestsPerMinute, refusalsPerMinute }: RequestLimitOptions) {
    this.#requests = limiter(requestsPerMinute);
    this.#refusals = limiter(refusalsPerMinute);
  }

  /** @param who a key's id, or an address @throws TooManyRequests */
  takeRequest(who: string): Promise<void> {
    return take(this.#requests, who);
  }

  /** @throws TooManyRequests */
  takeRefusal(address: string): Promise<void> {
    return take(this.#refusals, network(address));
  }

  /** By what requests without a key are counted: whoever has one IPv6 address has 2^64. */
  static who(address: string): string {
    return network(address);
  }
}

function limiter(points: number): RateLimiterMemory | null {
  return points === 0 ? null : new RateLimiterMemory({ points, duration: 60 });
}

async function take(limits: RateLimiterMemory | null, who: string): Promise<void> {
  try {
    await limits?.consume(who);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new TooManyRequests(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
  }
}

function network(address: string): string {
  if (isIP(address) !== 6 || address.startsWith('::ffff:')) return address;
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]/`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - groups.length - rest.length).fill('0');
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':');
}
