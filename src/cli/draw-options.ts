import { realpath } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { RequestError } from '../shared/errors.js';
import type { LocalFile } from '../source/local-file.js';
import { refuseExisting } from '../source/place-file.js';
import { stillKind } from '../source/still-kind.js';
import { expectWritable } from './expect-writable.js';

/** Whether and where results are drawn into the video. */
export interface DrawFlags {
  readonly draw?: string;
  readonly overwrite?: boolean;
}

/** A file to be written, checked as far as can be before the work begins. */
export interface DrawTarget {
  readonly path: string;
  readonly kind: 'video' | 'picture';
  readonly overwrite: boolean;
}

export function addDrawOptions(command: Command): Command {
  return command
    .option('--draw <file>', 'draw the results into the video: an .mp4, or a .png of one frame')
    .option('--overwrite', 'let files be replaced that are there already');
}

/**
 * What `--draw` asks for; null without it.
 * @throws RequestError `draw_format`, `draw_over_input`, `file_exists`; EnvironmentError `output_not_writable`
 */
export async function drawTarget(input: LocalFile, flags: DrawFlags): Promise<DrawTarget | null> {
  const { draw: path, overwrite = false } = flags;
  if (path === undefined) return null;
  const name = JSON.stringify(path);
  const kind = KINDS.get(extname(path).toLowerCase());
  if (kind === undefined) {
    throw new RequestError('draw_format', `${name} ends in neither .mp4 nor .png: name the drawing so`);
  }
  if (kind === 'video' && (await stillKind(input)) !== undefined) {
    throw new RequestError(
      'draw_format',
      `${JSON.stringify(input.path)} is a picture, and ${name} would be a video: draw it as .png`,
    );
  }
  const real = await realpath(path).catch(() => resolve(path));
  if (`file:${real}` === input.url) {
    throw new RequestError('draw_over_input', `${name} is the file that is read: draw into another`);
  }
  if (!overwrite) await refuseExisting(path);
  await expectWritable(path, '--draw');
  return { path, kind, overwrite };
}

const KINDS = new Map([
  ['.mp4', 'video'],
  ['.png', 'picture'],
] as const satisfies readonly (readonly [string, DrawTarget['kind']])[]) as ReadonlyMap<
  string,
  DrawTarget['kind']
>;
