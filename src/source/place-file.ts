import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { lstat, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EnvironmentError, messageOf, PalistreamError, RequestError } from '../shared/errors.js';

/**
 * Lets a file be written under another name beside its own, and gives it its own once it is whole: readers see the
 * old one or the new one, and nothing stays behind when the writing fails or the program is ended.
 *
 * @throws RequestError `file_exists` unless it may be overwritten; EnvironmentError `output_not_writable`
 */
export async function placeFile(
  path: string,
  overwrite: boolean,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(resolve(path));
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const sweep = (): void => {
    rmSync(temporary, { force: true });
  };
  process.once('exit', sweep);
  try {
    if (!overwrite) await refuseExisting(path);
    await write(temporary);
    if (!overwrite) await refuseExisting(path); // somebody else may have written it meanwhile
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error says more
    if (error instanceof PalistreamError) throw error;
    throw new EnvironmentError(
      'output_not_writable',
      `${JSON.stringify(path)} cannot be written (${messageOf(error)}): choose another --draw or --output`,
      { cause: error },
    );
  } finally {
    process.removeListener('exit', sweep);
  }
}

/** @throws RequestError `file_exists` when there is anything of that name */
export async function refuseExisting(path: string): Promise<void> {
  const exists = await lstat(path).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  throw new RequestError(
    'file_exists',
    `${JSON.stringify(path)} is there already: choose another name, or add --overwrite`,
  );
}
