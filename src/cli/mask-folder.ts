import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { EnvironmentError, messageOf } from '../shared/errors.js';

/**
 * Makes the folder that `--masks` names, and sees that files can be written into it, before the work begins.
 * @throws EnvironmentError `output_not_writable`
 */
export async function maskFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new EnvironmentError(
      'output_not_writable',
      `masks cannot be written into ${JSON.stringify(folder)} (${messageOf(error)}): choose another --masks`,
      { cause: error },
    );
  }
  return folder;
}
