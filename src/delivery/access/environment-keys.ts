import { SCOPES, storedKey, type StoredKey } from '../../store/keys/stored-key.js';
import { EnvironmentError } from '../../shared/errors.js';

/**
 * Keys that come with the environment, where nothing is kept between starts: `NAME:SCOPES:TOPICS:HASH`, parted by
 * commas, scopes and topics parted by `+` (`ops:read+ask:streams/*+videos/*:9f86d0...`).
 * `palistream keys create --print-entry` writes one.
 * @throws EnvironmentError `bad_key_entry`, which does not quote the entry
 */
export function environmentKeys(entries: readonly string[]): readonly StoredKey[] {
  return entries.map((entry, place) => {
    const [name, scopes = '', topics = '', hash = ''] = entry.split(':');
    const key = storedKey.safeParse({
      id: hash.slice(0, 8),
      name,
      scopes: scopes.split('+'),
      topics: topics.split('+'),
      hash,
      createdMs: 0,
      expiresMs: null,
    });
    if (key.success && entry.split(':').length === 4) return key.data;
    throw new EnvironmentError(
      'bad_key_entry',
      `entry ${place + 1} of PALISTREAM_KEYS is no key: write NAME:SCOPES:TOPICS:HASH with the scopes ${SCOPES.join('+')}, as palistream keys create --print-entry does`,
    );
  });
}

/** The entry of a key. */
export function environmentEntry({ name, scopes, topics, hash }: StoredKey): string {
  return `${name}:${scopes.join('+')}:${topics.join('+')}:${hash}`;
}
