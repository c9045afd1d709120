import { basename } from 'node:path';

/** What people call a model: its repository when it lies in the Hub's cache, else its folder's name. */
export function nameOfFolder(directory: string): string {
  const repository = /models--([^/\\]+)[/\\]snapshots[/\\][^/\\]+[/\\]?$/.exec(directory)?.[1];
  return repository?.replace('--', '/') ?? basename(directory);
}
