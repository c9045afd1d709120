import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Repository, repositoryFolder } from './repository.js';

/** The folder of a repository's state in the Hub's cache, or null. @param repository whose revision null is `main` */
export function findSnapshot(cache: string, { name, revision }: Repository): string | null {
  const root = repositoryFolder(cache, name);
  const commit = readRef(join(root, 'refs', revision ?? 'main')) ?? revision;
  if (commit === null || !/^[0-9a-f]{7,64}$/.test(commit)) return null;
  const folder = join(root, 'snapshots', commit);
  return existsSync(folder) ? folder : null;
}

function readRef(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
