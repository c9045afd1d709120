import { join } from 'node:path';
import { KeyFile } from '../../store/keys/key-file.js';
import type { ServerAccess } from '../services.js';
import { AccessGate } from './access-gate.js';
import { environmentKeys } from './environment-keys.js';
import { KeyRing } from './key-ring.js';
import { type RequestLimitOptions, RequestLimits } from './request-limits.js';
import { Tickets } from './tickets.js';

export interface AccessSetting {
  readonly dataDirectory: string;
  /** As `environmentKeys` takes them. */
  readonly entries: readonly string[];
  readonly limits: RequestLimitOptions;
  readonly onFailure: (error: unknown) => void;
}

/** Where the keys of a data folder are. */
export function keyFileOf(dataDirectory: string): KeyFile {
  return new KeyFile(join(dataDirectory, 'keys.json'));
}

/**
 * Reads the keys there are. Whoever calls closes `keys`.
 * @throws EnvironmentError `keys_unreadable`, `bad_key_entry`
 */
export async function openAccess(setting: AccessSetting): Promise<ServerAccess> {
  const { dataDirectory, entries, limits, onFailure } = setting;
  const fixed = environmentKeys(entries);
  const keys = await KeyRing.open({ file: keyFileOf(dataDirectory), fixed, onFailure });
  const tickets = new Tickets(keys);
  return { keys, tickets, gate: new AccessGate({ keys, tickets, limits: new RequestLimits(limits) }) };
}
