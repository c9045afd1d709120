import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { EnvironmentError, messageOf } from '../shared/errors.js';

/**
 * Makes sure that a file can be written into its folder, before the work that fills it begins.
 * @param option that names it: `--draw`
 * @throws EnvironmentError `output_not_writable`
 */
export async function expectWritable(path: string, option: string): Promise<void> {
  try {
    await access(dirname(resolve(path)), constants.W_OK);
  } catch (error) {
    throw new EnvironmentError(
      'output_not_writable',
      `${JSON.stringify(path)} cannot be written (${messageOf(error)}): choose another ${option}`,
      { cause: error },
    );
  }
}
