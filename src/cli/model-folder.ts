import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findSnapshot } from '../checkpoint/hub/find-snapshot.js';
import { parseRepository } from '../checkpoint/hub/repository.js';
import { CheckpointError } from '../shared/errors.js';

/**
 * The folder of a model that is named by its folder, or by its repository when that is in the Hub's cache; a folder
 * of that name wins.
 *
 * @throws CheckpointError `checkpoint_not_pulled`
 */
export function modelFolder(given: string, cache: string): string {
  const folder = resolve(given);
  const repository = parseRepository(given);
  if (repository === null || existsSync(folder)) return folder;
  const snapshot = findSnapshot(cache, repository);
  if (snapshot !== null) return snapshot;
  throw new CheckpointError(
    'checkpoint_not_pulled',
    `${given} is neither a folder nor in the cache ${cache}: fetch it with palistream pull ${given}`,
  );
}
