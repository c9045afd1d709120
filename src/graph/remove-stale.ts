import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Older than this, a temporary file is what a killed process left: no conversion takes a day. */
const STALE_MS = 24 * 60 * 60 * 1000;

/** Removes temporary files that killed conversions left in the folder; what cannot be removed stays. */
export async function removeStale(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((n) => /\.weights\.\w+\.tmp$/.test(n))) {
    const file = join(folder, name);
    const modified = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    if (Date.now() - modified > STALE_MS) await rm(file, { force: true }).catch(() => undefined);
  }
}
