import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedStates, removeCached } from '../checkpoint/hub/remove-cached.js';
import { expectRepository } from '../checkpoint/hub/repository.js';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import { RequestError } from '../shared/errors.js';
import { bytesText } from './bytes-text.js';
import type { CliContext } from './context.js';

/** @throws RequestError `bad_repository`, `model_not_cached` */
export async function removeModel(
  { config, stdout }: CliContext,
  given: string,
  json: boolean,
): Promise<void> {
  const { name, revision } = expectRepository(given);
  const states = await cachedStates(config.huggingFaceHub, name, revision);
  if (states.length === 0) {
    throw new RequestError(
      'model_not_cached',
      `${given} is not in the cache ${config.huggingFaceHub}: palistream models lists what is`,
    );
  }
  for (const { directory } of states) {
    const checkpoint = await openCheckpoint(directory).catch(() => null); // a damaged one was never converted
    if (checkpoint !== null) await removeConversions(config.cacheDirectory, checkpoint.fingerprint);
  }
  const bytes = await removeCached(config.huggingFaceHub, states);
  const commits = states.map(({ commit }) => commit);
  stdout.write(
    json
      ? `${JSON.stringify({ name, commits, freed_bytes: bytes })}\n`
      : `${given} is removed, ${bytesText(bytes)} are free again\n`,
  );
}

/** Those with an adapter have names of their own and go after a month without use. */
async function removeConversions(folder: string, fingerprint: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(fingerprint))) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
