import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../parse-json.js';

/** One state of a model in the Hub's cache. */
export interface CachedSnapshot {
  /** `google/paligemma-3b-mix-224`. */
  readonly name: string;
  readonly commit: string;
  /** Branches and tags that are this commit. */
  readonly revisions: readonly string[];
  readonly directory: string;
}

/** The PaliGemma models in the Hub's cache, by name; one is told by its config.json, or by its name. */
export async function cachedSnapshots(cache: string): Promise<CachedSnapshot[]> {
  const found: CachedSnapshot[] = [];
  for (const repository of await namesIn(cache)) {
    const name = /^models--(.+)$/.exec(repository)?.[1]?.replace('--', '/');
    if (name === undefined) continue;
    const refs = await refsOf(join(cache, repository, 'refs'));
    for (const commit of await namesIn(join(cache, repository, 'snapshots'))) {
      const directory = join(cache, repository, 'snapshots', commit);
      if (!(await isPaliGemma(name, directory))) continue;
      const revisions = [...refs].filter(([, target]) => target === commit).map(([ref]) => ref);
      found.push({ name, commit, revisions, directory });
    }
  }
  return found;
}

async function isPaliGemma(name: string, directory: string): Promise<boolean> {
  if (/paligemma/i.test(name)) return true;
  try {
    const file = join(directory, 'config.json');
    const json = parseJson(await readFile(file), file);
    return (
      typeof json === 'object' && json !== null && 'model_type' in json && json.model_type === 'paligemma'
    );
  } catch {
    return false; // no model, or none of ours
  }
}

/** Branch or tag -> commit. */
async function refsOf(folder: string): Promise<Map<string, string>> {
  const refs = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const ref = file.slice(folder.length + 1).replaceAll('\\', '/');
    refs.set(ref, (await readFile(file, 'utf8').catch(() => '')).trim());
  }
  return refs;
}

/** Sorted; a folder that is not there, or not ours to read, has nothing in it. */
async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).then(
    (names) => names.sort(),
    () => [],
  );
}
