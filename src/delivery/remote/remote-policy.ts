import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { EnvironmentError, messageOf, RequestError, RetryableError } from '../../shared/errors.js';
import { type HostRule, hostRule } from '../../shared/host-rule.js';
import { addressRange } from './address-range.js';

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface RemotePolicyOptions {
  /** Hosts and networks that may be reached though they are not public, as `hostRule` reads them. */
  readonly allow?: readonly string[];
  readonly resolve?: Resolve;
}

/** An address on the web that may be connected to, and where: nobody resolves the name again. */
export interface CheckedUrl {
  readonly url: URL;
  /** Each has been checked. */
  readonly addresses: readonly string[];
  readonly port: number;
}

const SCHEMES = new Map([
  ['http:', 80],
  ['https:', 443],
]);
/** Below it lie mail servers and their like, which take what they do not understand line by line. */
const FIRST_FREE_PORT = 1024;
const MAX_LETTERS = 8192;

/**
 * What this server may be made to connect to by an address in a request: public hosts over HTTP, and what the operator
 * allows. A name is resolved once, and refused if any of its addresses is; connections go to the checked addresses.
 */
export class RemotePolicy {
  readonly #rules: readonly HostRule[];
  readonly #resolve: Resolve;

  /** @throws EnvironmentError `bad_url_allow` for an entry that is none */
  constructor({ allow = [], resolve = resolveAll }: RemotePolicyOptions = {}) {
    this.#rules = allow.map((entry) => {
      const rule = hostRule(entry);
      if (rule !== null) return rule;
      throw new EnvironmentError(
        'bad_url_allow',
        `${JSON.stringify(entry)} is no host that may be fetched from: give a host, host:port or network`,
      );
    });
    this.#resolve = resolve;
  }

  /** @throws RequestError `bad_url`, `url_refused`; RetryableError `url_unreachable` when the name has no address */
  async check(asked: string | URL): Promise<CheckedUrl> {
    const url = parsed(asked);
    const usual = SCHEMES.get(url.protocol);
    if (usual === undefined) throw refused(`the scheme "${url.protocol.slice(0, -1)}"`, 'give http or https');
    if (url.username !== '' || url.password !== '') {
      throw new RequestError('bad_url', 'the address holds a user or a password: leave them out');
    }
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const port = url.port === '' ? usual : Number(url.port);
    const isTrusted = this.#rules.some((rule) => rule.kind === 'host' && rule.allows(host, port));
    if (!isTrusted && port < FIRST_FREE_PORT && ![...SCHEMES.values()].includes(port)) {
      throw refused(`port ${port}`, 'give 80, 443 or one from 1024 on');
    }
    const addresses = isIP(host) === 0 ? await this.#addressesOf(host) : [host];
    if (!isTrusted) this.#expectPublic(host, addresses);
    return { url, addresses, port };
  }

  #expectPublic(host: string, addresses: readonly string[]): void {
    for (const address of addresses) {
      const range = addressRange(address);
      if (range === 'public') continue;
      if (this.#rules.some((rule) => rule.kind === 'network' && rule.allows(address))) continue;
      throw refused(
        `${JSON.stringify(host)} (an address of the kind ${range})`,
        'give a public one, or have it added to PALISTREAM_URL_ALLOW',
      );
    }
  }

  async #addressesOf(host: string): Promise<readonly string[]> {
    try {
      const addresses = await this.#resolve(host);
      if (addresses.length > 0) return addresses;
    } catch (error) {
      throw unresolved(host, error);
    }
    throw unresolved(host, 'no address');
  }
}

function parsed(asked: string | URL): URL {
  if (asked instanceof URL) return asked;
  if (asked.length <= MAX_LETTERS && URL.canParse(asked)) return new URL(asked);
  throw new RequestError('bad_url', 'the address is no URL: give one like https://videos.example/farm.mp4');
}

async function resolveAll(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function refused(what: string, advice: string): RequestError {
  return new RequestError('url_refused', `this server does not fetch from ${what}: ${advice}`);
}

function unresolved(host: string, why: unknown): RetryableError {
  return new RetryableError(
    'url_unreachable',
    `the host ${JSON.stringify(host)} has no address (${messageOf(why)}): check it, or try again`,
    { cause: why },
  );
}
