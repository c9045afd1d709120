import type Database from 'libsql';
import { EnvironmentError, type PalistreamError } from '../../shared/errors.js';
import { isStoreTrouble } from '../store-trouble.js';
import { storeError } from './store-error.js';

/** Puts the errors of SQLite in words, and remembers the last trouble until a write shows that it is over. */
export class StoreWatch {
  #trouble: PalistreamError | null = null;
  readonly #write: Database.Statement;

  constructor(private readonly database: Database.Database) {
    const [{ user_version: version }] = database.pragma('user_version') as [{ user_version: number }];
    this.#write = database.prepare(`PRAGMA user_version = ${version}`); // as it is: a page is written all the same
  }

  /** The same object, whose promises reject with what `storeError` makes of their errors. */
  over<T extends object>(part: T): T {
    return new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          (Reflect.apply(member, target, args) as Promise<unknown>).catch((error: unknown) => {
            throw this.#note(error);
          });
      },
    });
  }

  /** What is wrong; null when nothing is. After a trouble that may pass it is tried whether something can be written. */
  trouble(): PalistreamError | null {
    const isSettled = this.#trouble === null || this.#trouble instanceof EnvironmentError;
    if (isSettled || !this.database.open) return this.#trouble;
    try {
      this.#write.run();
      this.#trouble = null;
    } catch (error) {
      this.#note(error);
    }
    return this.#trouble;
  }

  #note(error: unknown): unknown {
    const told = storeError(error);
    if (isStoreTrouble(told)) this.#trouble = told;
    return told;
  }
}
