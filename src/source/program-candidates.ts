import { delimiter, dirname, join } from 'node:path';
import type { ProgramOrigin } from './ffmpeg-program.js';

/** A place to look for a program; `required` when the user named it, so that a miss is an error. */
export interface ProgramCandidate {
  readonly path: string;
  readonly origin: ProgramOrigin;
  readonly required: boolean;
}

/**
 * Where to look for a program, best first: the setting, beside its sibling, on the PATH, the bundled one.
 *
 * @param setting the path a user named; nothing else is tried then
 * @param path the PATH, as the environment words it
 * @param sibling where the other program was found, whose folder is likely to hold this one
 */
export function programCandidates(
  name: 'ffmpeg' | 'ffprobe',
  setting: string | undefined,
  path: string,
  bundled: string | undefined,
  sibling?: { readonly path: string; readonly origin: ProgramOrigin },
): ProgramCandidate[] {
  if (setting !== undefined && setting !== '') {
    return [{ path: setting, origin: 'setting', required: true }];
  }
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const beside =
    sibling === undefined || sibling.origin === 'bundled'
      ? []
      : [{ path: join(dirname(sibling.path), file), origin: sibling.origin, required: false }];
  const onPath = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => ({ path: join(folder, file), origin: 'path' as const, required: false }));
  const inPackage =
    bundled === undefined ? [] : [{ path: bundled, origin: 'bundled' as const, required: false }];
  return [...beside, ...onPath, ...inPackage];
}
