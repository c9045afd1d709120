import { timingSafeEqual } from 'node:crypto';
import type { KeyFile } from '../../store/keys/key-file.js';
import type { StoredKey } from '../../store/keys/stored-key.js';
import { Access } from './access.js';
import { hashOfKey } from './key-text.js';

export interface KeyRingOptions {
  readonly file: KeyFile;
  /** Keys that are not in the file. */
  readonly fixed: readonly StoredKey[];
  /** Told when the file cannot be read any more; the keys that were known stay. */
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
}

/** How soon a key that is made or revoked counts. */
const LOOK_EVERY_MS = 1000;

/**
 * The keys of a running server. Without any it is open to whoever reaches it; once it has had one it never is again
 * until it is started anew, so that revoking the last key opens nothing.
 */
export class KeyRing {
  readonly #options: KeyRingOptions;
  readonly #now: () => number;
  readonly #revoked = new Map<string | null, Set<() => void>>();
  #keys: readonly StoredKey[] = [];
  #version: string | null = null;
  #isOpen = true;
  #looking: NodeJS.Timeout | null = null;

  private constructor(options: KeyRingOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** @throws EnvironmentError `keys_unreadable` */
  static async open(options: KeyRingOptions): Promise<KeyRing> {
    const ring = new KeyRing(options);
    ring.#version = await options.file.version();
    ring.#take(await options.file.list());
    ring.#looking = setInterval(() => void ring.look(), LOOK_EVERY_MS).unref();
    return ring;
  }

  /** Whether no key is needed. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What a key may do; null for one that is unknown, revoked or expired. Compared with all keys, in constant time. */
  access(text: string): Access | null {
    const hash = Buffer.from(hashOfKey(text), 'hex');
    let found: StoredKey | null = null;
    for (const key of this.#keys) {
      if (timingSafeEqual(hash, Buffer.from(key.hash, 'hex'))) found = key;
    }
    return found === null || this.#hasExpired(found) ? null : Access.ofKey(found);
  }

  /** Whether an access that was given still counts. */
  counts({ keyId }: Access): boolean {
    if (keyId === null) return this.#isOpen;
    return this.#keys.some((key) => key.id === keyId && !this.#hasExpired(key));
  }

  /**
   * Calls when an access that was given counts no more.
   * @returns to be called when that is no longer of interest
   */
  onRevoked({ keyId }: Access, listener: () => void): () => void {
    const listeners = this.#revoked.get(keyId) ?? new Set();
    this.#revoked.set(keyId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#revoked.get(keyId) === listeners) this.#revoked.delete(keyId);
    };
  }

  /** Reads the file again if it has changed, and lets go what has expired. */
  async look(): Promise<void> {
    try {
      const version = await this.#options.file.version();
      if (version !== this.#version) {
        this.#take(await this.#options.file.list());
        this.#version = version;
      } else if (this.#keys.some((key) => this.#hasExpired(key))) {
        this.#take(this.#keys);
      }
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  close(): void {
    if (this.#looking !== null) clearInterval(this.#looking);
  }

  #take(kept: readonly StoredKey[]): void {
    const { fixed } = this.#options;
    const before = this.#keys;
    const all = [...fixed, ...kept.filter((key) => !fixed.includes(key))];
    this.#keys = all.filter((key) => !this.#hasExpired(key));
    for (const key of before) {
      const now = this.#keys.find(({ id }) => id === key.id);
      if (now === undefined || JSON.stringify(now) !== JSON.stringify(key)) this.#revoke(key.id);
    }
    if (this.#isOpen && all.length > 0) {
      this.#isOpen = false;
      this.#revoke(null);
    }
  }

  #revoke(keyId: string | null): void {
    for (const listener of [...(this.#revoked.get(keyId) ?? [])]) listener();
  }

  #hasExpired({ expiresMs }: StoredKey): boolean {
    return expiresMs !== null && expiresMs <= this.#now();
  }
}
