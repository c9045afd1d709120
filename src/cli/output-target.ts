import { lstat, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RequestError } from '../shared/errors.js';
import type { LocalFile } from '../source/local-file.js';
import { expectWritable } from './expect-writable.js';

/**
 * The file that `--output` names, which need not be there; null without it. A link stays: what it leads to is
 * written.
 * @param drawing the file that `--draw` names
 * @throws RequestError `output_over_input`, `output_over_drawing`, `is_a_directory`, `not_a_file`; EnvironmentError
 * `output_not_writable`
 */
export async function outputTarget(
  input: LocalFile,
  path: string | undefined,
  drawing: string | null,
): Promise<string | null> {
  if (path === undefined) return null;
  const name = JSON.stringify(path);
  const real = await realOf(path);
  if (`file:${real}` === input.url) {
    throw new RequestError(
      'output_over_input',
      `${name} is the file that is read: write the results to another`,
    );
  }
  if (drawing !== null && (await realOf(drawing)) === real) {
    throw new RequestError(
      'output_over_drawing',
      `${name} is given for both --output and --draw: name two files`,
    );
  }
  await refuseSpecial(path, name);
  await expectWritable(real, '--output');
  return real;
}

/** A file of that name takes the place of whatever was there: it must not be that of a device. */
async function refuseSpecial(path: string, name: string): Promise<void> {
  // A link that leads nowhere, or to itself, has no other facts than its own.
  const facts = await stat(path).catch(() => lstat(path).catch(() => null));
  if (facts === null || facts.isFile()) return;
  if (facts.isDirectory()) {
    throw new RequestError('is_a_directory', `${name} is a directory: name a file in it`);
  }
  throw new RequestError(
    'not_a_file',
    `${name} is not a regular file: name one, or leave --output out for standard output`,
  );
}

async function realOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}
