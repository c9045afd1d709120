import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pauseFor } from 'node:timers/promises';
import {
  CheckpointError,
  EnvironmentError,
  messageOf,
  PalistreamError,
  throwIfCancelled,
} from '../../shared/errors.js';
import { MAX_CONFIG_BYTES, MAX_INDEX_BYTES, MAX_SHARDS } from '../limits.js';
import { parseConfig } from '../parse-config.js';
import { parseJson } from '../parse-json.js';
import { readBoundedFile } from '../read-bounded-file.js';
import { parseWeightIndex } from '../weight-files.js';
import { cacheStore } from './cache-store.js';
import { type DownloadOptions, downloadFile } from './download-file.js';
import { expectRoom } from './expect-room.js';
import type { FileStore } from './file-store.js';
import { folderStore } from './folder-store.js';
import type { HubConnection } from './hub-request.js';
import { listRepository } from './list-repository.js';
import { lockFolder } from './lock-folder.js';
import { neededFiles } from './needed-files.js';
import type { RemoteFile, RemoteListing } from './remote-file.js';
import type { Repository } from './repository.js';

const TOKENIZER = 'tokenizer.json';

export interface PullOptions {
  readonly repository: Repository;
  /** Without a closing `/`. */
  readonly endpoint: string;
  readonly token: string | null;
  /** Folder of the Hub's cache. */
  readonly cache: string;
  /** A folder for plain files, instead of the cache. */
  readonly to: string | null;
  readonly signal: AbortSignal;
  /** Hears how much of what has to be fetched is there. */
  readonly onProgress?: (progress: PullProgress) => void;
  /** Pauses between attempts. */
  readonly pause?: DownloadOptions['pause'];
}

export interface PullProgress {
  readonly file: string;
  /** Bytes of all files that are not there already. */
  readonly done: number;
  readonly total: number;
}

/** What is on the disk now. */
export interface Pulled {
  readonly directory: string;
  readonly commit: string;
  readonly files: readonly RemoteFile[];
  /** Bytes that came over the network now. */
  readonly fetchedBytes: number;
}

/**
 * Fetches the files a checkpoint needs into the Hub's cache or a folder; what is there already is not fetched again.
 * config.json comes first, so that a model of another kind is refused before its weights.
 *
 * @throws what `listRepository`, `neededFiles`, `downloadFile` and `expectRoom` throw; CheckpointError
 *   `checkpoint_config`, `checkpoint_index`; EnvironmentError `pull_not_writable`; RetryableError `pull_in_progress`
 */
export async function pullRepository(options: PullOptions): Promise<Pulled> {
  const { repository, endpoint, token, cache, to, signal } = options;
  const connection: HubConnection = {
    ...{ endpoint, token, signal },
    name: repository.name,
    revision: repository.revision ?? 'main',
  };
  const listing = await listRepository(connection);
  const needed = neededFiles(listing);
  const store = to === null ? cacheStore(cache, listing) : folderStore(to, cache, listing);
  try {
    await mkdir(store.root, { recursive: true });
    const lockFile = join(
      cache,
      '.locks',
      `models--${repository.name.replace('/', '--')}`,
      'palistream.lock',
    );
    const unlock = await lockFolder(lockFile, repository.name);
    try {
      await expectTokenizer(needed.others, store, repository.name);
      const fetched = new Fetching(connection, listing, store, options);
      const files = [...needed.others];
      if (needed.config !== null) {
        await fetched.all([smaller(needed.config, MAX_CONFIG_BYTES)]);
        const file = join(store.directory, needed.config.path);
        parseConfig(parseJson(await readBoundedFile(file, MAX_CONFIG_BYTES), file), file);
        files.unshift(needed.config);
      }
      if (needed.index !== null) {
        await fetched.all([smaller(needed.index, MAX_INDEX_BYTES)]);
        files.push(needed.index, ...(await shards(join(store.directory, needed.index.path), listing)));
      }
      await fetched.all(files);
      await store.finish();
      return { directory: store.directory, commit: listing.commit, files, fetchedBytes: fetched.bytes };
    } finally {
      await unlock();
    }
  } catch (error) {
    throwIfCancelled(signal);
    if (error instanceof PalistreamError || !(error instanceof Error) || !('syscall' in error)) throw error;
    throw new EnvironmentError(
      'pull_not_writable',
      `the files cannot be written below ${store.root} (${messageOf(error)}): make room, or name another folder (--to, HF_HOME)`,
      { cause: error },
    );
  }
}

/** One pull at work. */
class Fetching {
  bytes = 0;
  constructor(
    private readonly connection: HubConnection,
    private readonly listing: RemoteListing,
    private readonly store: FileStore,
    private readonly options: PullOptions,
  ) {}

  /** Brings all files into their place. */
  async all(files: readonly RemoteFile[]): Promise<void> {
    const missing: RemoteFile[] = [];
    for (const file of files) if (!(await this.store.place(file))) missing.push(file);
    const total = missing.reduce((sum, { bytes }) => sum + bytes, 0);
    const begun = await Promise.all(missing.map((file) => sizeOf(this.store.partial(file))));
    await expectRoom(
      this.store.root,
      begun.reduce((room, size) => room - size, total),
    );
    let before = 0;
    for (const file of missing) {
      throwIfCancelled(this.connection.signal);
      await this.one(file, (bytes) =>
        this.options.onProgress?.({ file: file.path, done: before + bytes, total }),
      );
      before += file.bytes;
    }
  }

  private async one(file: RemoteFile, onBytes: (bytes: number) => void): Promise<void> {
    const { endpoint, name } = this.connection;
    const path = file.path.split('/').map(encodeURIComponent).join('/');
    let seen: number | null = null;
    await this.store.prepare(file);
    await downloadFile({
      connection: this.connection,
      url: `${endpoint}/${name}/resolve/${this.listing.commit}/${path}`,
      file,
      target: this.store.partial(file),
      onBytes: (bytes) => {
        this.bytes += Math.max(0, bytes - (seen ?? bytes));
        seen = bytes;
        onBytes(bytes);
      },
      pause: this.options.pause ?? ((ms, signal) => pauseFor(ms, undefined, { signal })),
    });
    await this.store.keep(file);
  }
}

/** Repositories with an npz seldom have one; told before gigabytes are fetched. */
async function expectTokenizer(files: readonly RemoteFile[], store: FileStore, name: string): Promise<void> {
  if (files.some(({ path }) => path === TOKENIZER)) return;
  if ((await sizeOf(join(store.directory, TOKENIZER))) > 0) return;
  throw new CheckpointError(
    'checkpoint_file_missing',
    `${name} has no ${TOKENIZER}: put that of any PaliGemma repository into a folder, they share it, and pull with --to that folder`,
  );
}

async function shards(file: string, { name, files }: RemoteListing): Promise<RemoteFile[]> {
  const index = parseWeightIndex(await readBoundedFile(file, MAX_INDEX_BYTES), file);
  const names = [...new Set(index.values())].sort();
  if (names.length > MAX_SHARDS) {
    throw new CheckpointError(
      'checkpoint_index',
      `${file} names ${names.length} files, at most ${MAX_SHARDS} are read`,
    );
  }
  return names.map((shard) => {
    const found = files.find(({ path }) => path === shard);
    if (found !== undefined) return found;
    throw new CheckpointError('checkpoint_index', `${name} has no ${shard}, though its index names it`);
  });
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function smaller(file: RemoteFile, maxBytes: number): RemoteFile {
  if (file.bytes <= maxBytes) return file;
  throw new CheckpointError(
    'checkpoint_file_too_large',
    `${file.path} has ${file.bytes} bytes, at most ${maxBytes} are read`,
  );
}
