import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Older than this, something temporary is what a killed process left: no conversion takes a day. */
const UNFINISHED_DAYS = 1;

/** What was not used for so long belongs to a checkpoint or a version that is gone; it can be made again. */
const UNUSED_DAYS = 30;

/** A conversion, or what the runtime made of one, begins with a fingerprint and its precision. */
const OURS = /^[0-9a-f]{64}-(?:f32|int8|int4)-v\d+/;

/**
 * Removes what killed conversions left in the folder, and conversions that nobody has used for a month; using one
 * sets its time. What cannot be removed stays.
 * @param ownStem - what names begin with that are about to be used, and have not been touched yet
 */
export async function removeStale(folder: string, ownStem?: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((n) => OURS.test(n))) {
    const isUnfinished = name.endsWith('.tmp');
    if (ownStem !== undefined && name.startsWith(ownStem) && !isUnfinished) continue;
    const path = join(folder, name);
    const modified = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    const days = isUnfinished ? UNFINISHED_DAYS : UNUSED_DAYS;
    if (Date.now() - modified > days * DAY_MS)
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
