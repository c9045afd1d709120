import { readdir, readlink, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type CachedSnapshot, cachedSnapshots } from './cached-snapshots.js';
import { repositoryFolder } from './repository.js';

/**
 * Removes states of one model from the Hub's cache: their links, the bytes no other state uses, and the whole
 * folder with the last of them.
 *
 * @param snapshots all of one name
 * @returns bytes that became free
 */
export async function removeCached(cache: string, snapshots: readonly CachedSnapshot[]): Promise<number> {
  const [first] = snapshots;
  if (first === undefined) return 0;
  const root = repositoryFolder(cache, first.name);
  const gone = new Set(snapshots.map(({ commit }) => commit));
  const all = await readdir(join(root, 'snapshots'));
  const left = all.filter((commit) => !gone.has(commit));
  const before = await bytesIn(root);
  if (left.length === 0) {
    await rm(root, { recursive: true });
    await rm(join(cache, '.locks', basename(root)), { recursive: true, force: true });
    return before;
  }
  for (const { directory, revisions } of snapshots) {
    await rm(directory, { recursive: true });
    for (const revision of revisions) await rm(join(root, 'refs', revision), { force: true });
  }
  const used = new Set<string>();
  for (const commit of left)
    for (const blob of await blobsOf(join(root, 'snapshots', commit))) used.add(blob);
  for (const blob of await readdir(join(root, 'blobs')).catch(() => [])) {
    if (!used.has(blob)) await rm(join(root, 'blobs', blob), { force: true });
  }
  return before - (await bytesIn(root));
}

/** What `models rm` may be told: the states of one name, or one of them. */
export async function cachedStates(
  cache: string,
  name: string,
  revision: string | null,
): Promise<CachedSnapshot[]> {
  const all = (await cachedSnapshots(cache)).filter((snapshot) => snapshot.name === name);
  if (revision === null) return all;
  return all.filter(({ commit, revisions }) => commit === revision || revisions.includes(revision));
}

async function blobsOf(snapshot: string): Promise<string[]> {
  const entries = await readdir(snapshot, { recursive: true, withFileTypes: true });
  const links = entries.filter((entry) => entry.isSymbolicLink());
  return Promise.all(
    links.map(async (entry) => basename(await readlink(join(entry.parentPath, entry.name)))),
  );
}

/** Without following links. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((entry) => stat(join(entry.parentPath, entry.name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
