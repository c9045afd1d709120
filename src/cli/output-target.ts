import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RequestError } from '../shared/errors.js';
import type { LocalFile } from '../source/local-file.js';
import { expectWritable } from './expect-writable.js';

/**
 * The file that `--output` names; null without it.
 * @param drawing the file that `--draw` names
 * @throws RequestError `output_over_input`, `output_over_drawing`; EnvironmentError `output_not_writable`
 */
export async function outputTarget(
  input: LocalFile,
  path: string | undefined,
  drawing: string | null,
): Promise<string | null> {
  if (path === undefined) return null;
  const name = JSON.stringify(path);
  const real = await realpath(path).catch(() => resolve(path));
  if (`file:${real}` === input.url) {
    throw new RequestError(
      'output_over_input',
      `${name} is the file that is read: write the results to another`,
    );
  }
  if (drawing !== null && resolve(drawing) === resolve(path)) {
    throw new RequestError(
      'output_over_drawing',
      `${name} is given for both --output and --draw: name two files`,
    );
  }
  await expectWritable(path, '--output');
  return path;
}
