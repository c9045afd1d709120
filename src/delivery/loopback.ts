import { BlockList, isIP } from 'node:net';
import { EnvironmentError } from '../shared/errors.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether a name or an address can only mean this machine. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  return host === 'localhost' || (family !== 0 && LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6'));
}

/**
 * Without API keys whoever reaches the port may use it: only this machine may.
 * @throws EnvironmentError `host_not_loopback`
 */
export function expectGuarded(host: string, hasKeys: boolean): void {
  if (hasKeys || isLoopback(host)) return;
  throw new EnvironmentError(
    'host_not_loopback',
    `the server does not listen on ${JSON.stringify(host)} without API keys: make one with "palistream keys create", or set PALISTREAM_HOST to 127.0.0.1`,
  );
}
