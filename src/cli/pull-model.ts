import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { copyCheckpoint } from '../checkpoint/hub/copy-checkpoint.js';
import { pullRepository } from '../checkpoint/hub/pull-repository.js';
import { expectRepository } from '../checkpoint/hub/repository.js';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import type { Config } from '../config.js';
import { EnvironmentError, RequestError } from '../shared/errors.js';
import { bytesText } from './bytes-text.js';
import type { CliContext } from './context.js';
import { transferBar } from './transfer-bar.js';

export interface PullCommandOptions {
  readonly to?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Fetches or copies a checkpoint, looks at it whole, and says where it is and how it is used. */
export async function pullModel(
  context: CliContext,
  given: string,
  options: PullCommandOptions,
): Promise<void> {
  if (/^[./~]|^[A-Za-z]:[\\/]/.test(given) || existsSync(given)) return copyFolder(context, given, options);
  const repository = expectRepository(given);
  const { config, stdout, stderr, signal } = context;
  const { endpoint, isOffline } = config.huggingFace;
  if (isOffline) {
    throw new EnvironmentError(
      'hub_offline',
      `HF_HUB_OFFLINE forbids to fetch ${given}: unset it, or name a folder`,
    );
  }
  const bar = transferBar(stderr, options.quiet === true);
  try {
    const { directory, commit, files, fetchedBytes } = await pullRepository({
      repository,
      endpoint,
      token: await tokenOf(config),
      cache: config.huggingFaceHub,
      to: options.to === undefined ? null : resolve(options.to),
      signal,
      onProgress: (progress) => {
        bar.update(progress);
      },
    });
    bar.stop();
    await openCheckpoint(directory);
    if (options.json === true) {
      const list = files.map(({ path, bytes, checksum }) => ({ path, bytes, checksum: checksum.hex }));
      const { name, revision } = repository;
      const pulled = { repository: name, revision: revision ?? 'main', commit, directory };
      stdout.write(`${JSON.stringify({ ...pulled, files: list, fetched_bytes: fetchedBytes })}\n`);
      return;
    }
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const fetched = fetchedBytes === 0 ? 'all there already' : `${bytesText(fetchedBytes)} fetched`;
    stdout.write(`${given} is in ${directory}\n  ${files.length} files, ${bytesText(bytes)}, ${fetched}\n`);
    stdout.write(`  use it with --model ${options.to ?? given}\n`);
  } finally {
    bar.stop();
  }
}

async function copyFolder(context: CliContext, given: string, options: PullCommandOptions): Promise<void> {
  const { stdout, stderr, signal } = context;
  const checkpoint = await openCheckpoint(given);
  let bytes = 0;
  if (options.to !== undefined) {
    const to = resolve(options.to);
    if (to === checkpoint.directory) {
      throw new RequestError('option_conflict', `--to names the folder ${given} itself: name another`);
    }
    const bar = transferBar(stderr, options.quiet === true);
    try {
      bytes = await copyCheckpoint(
        checkpoint,
        to,
        (progress) => {
          bar.update(progress);
        },
        signal,
      );
    } finally {
      bar.stop();
    }
    await openCheckpoint(to);
  }
  const directory = options.to === undefined ? checkpoint.directory : resolve(options.to);
  stdout.write(
    options.json === true
      ? `${JSON.stringify({ repository: null, revision: null, commit: null, directory, copied_bytes: bytes })}\n`
      : `${given} can be used\n  use it with --model ${options.to ?? given}\n`,
  );
}

/** The token of the settings, or the one that other tools have written down at their login. */
async function tokenOf({ huggingFace }: Config): Promise<string | null> {
  if (huggingFace.token !== null) return huggingFace.token;
  const text = await readFile(huggingFace.tokenFile, 'utf8').catch(() => '');
  return text.trim() === '' ? null : text.trim();
}
