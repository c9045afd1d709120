import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EnvironmentError, messageOf } from '../shared/errors.js';

/**
 * The path of the ffmpeg or ffprobe that ships inside an npm package for this platform, or undefined when
 * there is none for it.
 *
 * The packages' own entry points throw bare strings and test permissions, so the file is found by its
 * place. A lost executable bit (npm told to run no scripts, a copied folder) is set again.
 * @throws EnvironmentError `ffmpeg_not_executable` when it cannot be
 */
export function bundledProgram(
  name: 'ffmpeg' | 'ffprobe',
  locate: (name: 'ffmpeg' | 'ffprobe') => string | undefined = locateInPackages,
): string | undefined {
  const path = locate(name);
  if (path === undefined || !existsSync(path)) return undefined;
  makeExecutable(path, name);
  return path;
}

function locateInPackages(name: 'ffmpeg' | 'ffprobe'): string | undefined {
  let folder: string;
  try {
    const door = createRequire(import.meta.url).resolve(`@${name}-installer/${name}/package.json`);
    const platform = `@${name}-installer/${process.platform}-${process.arch}/package.json`;
    folder = dirname(createRequire(door).resolve(platform));
  } catch {
    return undefined;
  }
  return join(folder, process.platform === 'win32' ? `${name}.exe` : name);
}

function makeExecutable(path: string, name: string): void {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    try {
      chmodSync(path, 0o755);
    } catch (thrown) {
      throw new EnvironmentError(
        'ffmpeg_not_executable',
        `the bundled ${name} at ${JSON.stringify(path)} may not be run (${messageOf(thrown)}): run chmod 755 on it, or install ffmpeg`,
        { cause: thrown },
      );
    }
  }
}
