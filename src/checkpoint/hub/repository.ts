import { join } from 'node:path';
import { RequestError } from '../../shared/errors.js';

/** A repository of the Hub, and which state of it. */
export interface Repository {
  /** `google/paligemma-3b-mix-224`. */
  readonly name: string;
  /** Branch, tag or commit; null for `main`. */
  readonly revision: string | null;
}

const PART = '[A-Za-z0-9_](?:[\\w.-]{0,94}[A-Za-z0-9_])?';
const NAME = new RegExp(`^${PART}/${PART}$`);
const REVISION = /^[A-Za-z0-9_][\w./-]{0,254}$/;

/** Reads `owner/name` or `owner/name@revision`; null when it is none. Two dots or dashes in a row are none. */
export function parseRepository(text: string): Repository | null {
  const [name = '', revision = null, ...others] = text.split('@');
  if (others.length > 0 || !NAME.test(name) || /\.\.|--|\.git$/.test(name)) return null;
  if (revision !== null && (!REVISION.test(revision) || /\.\.|\/\/|\/$/.test(revision))) return null;
  return { name, revision };
}

/** @throws RequestError `bad_repository` */
export function expectRepository(text: string): Repository {
  const repository = parseRepository(text);
  if (repository !== null) return repository;
  throw new RequestError(
    'bad_repository',
    `${JSON.stringify(text.slice(0, 200))} is no repository: write owner/name or owner/name@revision, such as google/paligemma-3b-mix-224`,
  );
}

/** The folder of a repository in the Hub's cache. */
export function repositoryFolder(cache: string, name: string): string {
  return join(cache, `models--${name.replace('/', '--')}`);
}
