import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { EnvironmentError, messageOf } from '../shared/errors.js';

/** Writes a file whole or not at all: readers see the old one or the new one. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new EnvironmentError(
      'output_not_writable',
      `${JSON.stringify(path)} cannot be written (${messageOf(error)}): choose another --output`,
      { cause: error },
    );
  }
}
