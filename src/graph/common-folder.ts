import { dirname, parse, relative, sep } from 'node:path';
import { EnvironmentError } from '../shared/errors.js';

/**
 * The deepest folder that all files lie below, and each file's path from there with `/` between its parts.
 *
 * onnxruntime maps weights from below one folder only and follows no link out of it, so the paths given must be
 * resolved; a Hub cache keeps shards in a folder of its own, and conversions lie elsewhere again.
 * @throws EnvironmentError `weights_across_drives` when there is no such folder (Windows)
 */
export function commonFolder(files: readonly string[]): {
  folder: string;
  paths: ReadonlyMap<string, string>;
} {
  const [first = '', ...others] = files;
  let folder = dirname(first);
  for (const file of others) {
    while (!isBelow(file, folder)) {
      if (folder === parse(folder).root) {
        throw new EnvironmentError(
          'weights_across_drives',
          `${first} and ${file} lie on different drives; put the model and the cache folder on the same one`,
        );
      }
      folder = dirname(folder);
    }
  }
  return { folder, paths: new Map(files.map((f) => [f, relative(folder, f).split(sep).join('/')])) };
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
