import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { EnvironmentError, messageOf, RequestError } from '../../shared/errors.js';
import { storedKey, type StoredKey } from './stored-key.js';

const contents = z.strictObject({ version: z.literal(1), keys: z.array(storedKey) });

/** More keys than people have; each request is compared with all of them. */
const MAX_KEYS = 1000;
const LOCK = { retries: { retries: 20, minTimeout: 50, maxTimeout: 250 }, realpath: false };

/**
 * The API keys in a file of the data folder, beside the store: a running server has the store to itself, and keys are
 * made and revoked meanwhile. Written whole or not at all, and readable by its owner only.
 */
export class KeyFile {
  constructor(readonly path: string) {}

  /** Changes whenever the file does; null without one. */
  async version(): Promise<string | null> {
    try {
      const { mtimeNs, ino, size } = await stat(this.path, { bigint: true });
      return `${mtimeNs}/${ino}/${size}`;
    } catch (error) {
      if (isMissing(error)) return null;
      throw unreadable(this.path, error);
    }
  }

  /** @throws EnvironmentError `keys_unreadable` */
  async list(): Promise<readonly StoredKey[]> {
    try {
      return contents.parse(JSON.parse(await readFile(this.path, 'utf8'))).keys;
    } catch (error) {
      if (isMissing(error)) return [];
      throw unreadable(this.path, error);
    }
  }

  /** @throws RequestError `key_exists` for a name that is taken, `too_many_keys`; EnvironmentError */
  async add(key: StoredKey): Promise<void> {
    await this.#change((keys) => {
      if (keys.some(({ name, id }) => name === key.name || id === key.id)) {
        throw new RequestError(
          'key_exists',
          `there is a key ${JSON.stringify(key.name)} already: choose another name`,
        );
      }
      if (keys.length >= MAX_KEYS) {
        throw new RequestError(
          'too_many_keys',
          `there are ${keys.length} keys, and no more are kept: revoke some`,
        );
      }
      return [...keys, key];
    });
  }

  /** Removes the key of an id or a name. @throws RequestError `key_not_found`; EnvironmentError */
  async remove(which: string): Promise<StoredKey> {
    let removed: StoredKey | undefined;
    await this.#change((keys) => {
      removed = keys.find(({ id, name }) => id === which || name === which);
      return keys.filter((key) => key !== removed);
    });
    if (removed !== undefined) return removed;
    throw new RequestError(
      'key_not_found',
      `there is no key ${JSON.stringify(which)}: see palistream keys list`,
    );
  }

  async #change(edit: (keys: readonly StoredKey[]) => readonly StoredKey[]): Promise<void> {
    const folder = dirname(this.path);
    const temporary = `${this.path}.${randomBytes(6).toString('hex')}.tmp`;
    let release: (() => Promise<void>) | null = null;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      release = await lock(this.path, LOCK);
      const keys = edit(await this.list());
      await this.#write(temporary, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`);
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { force: true });
      if (error instanceof RequestError || error instanceof EnvironmentError) throw error;
      throw new EnvironmentError(
        'keys_not_writable',
        `${JSON.stringify(this.path)} cannot be written (${messageOf(error)}): check the folder's permissions and the disk`,
        { cause: error },
      );
    } finally {
      await release?.();
    }
  }

  /** What root writes is given to whoever has the file or the folder: the server may be another user, and reads it. */
  async #write(temporary: string, text: string): Promise<void> {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      if (process.getuid?.() !== 0) return;
      const { uid, gid } = await stat(this.path).catch(() => stat(dirname(this.path)));
      if (uid !== 0) await file.chown(uid, gid); // not by its path, which the folder's owner may turn elsewhere
    } finally {
      await file.close();
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unreadable(path: string, error: unknown): EnvironmentError {
  return new EnvironmentError(
    'keys_unreadable',
    `${JSON.stringify(path)} is no file of API keys that can be read (${messageOf(error).split('\n')[0] ?? ''}): mend it, or remove it and make the keys anew`,
    { cause: error },
  );
}
