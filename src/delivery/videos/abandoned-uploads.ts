import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes the files that a server before was still taking in: nobody can go on with them. Folders stay. */
export async function clearArrivals(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  await Promise.all(files.map((file) => rm(file, { force: true })));
}

/**
 * Removes resumable uploads that got their last byte before a moment (milliseconds since 1970), each with the file that
 * tells of it; and such files whose upload is gone. A folder that is not there yet has none.
 */
export async function clearAbandoned(folder: string, beforeMs: number): Promise<void> {
  const names = new Set(await readdir(folder).catch(() => []));
  for (const name of names) {
    const told = name.endsWith('.json') ? name.slice(0, -'.json'.length) : null;
    if (told !== null && names.has(told)) continue; // goes with its upload
    const file = join(folder, name);
    const last = await stat(file).catch(() => null); // finished meanwhile
    if (last === null || last.mtimeMs >= beforeMs) continue;
    await rm(file, { force: true });
    await rm(`${file}.json`, { force: true });
  }
}
