import { copyFile, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checksumOfFile } from './checksum-of-file.js';
import { downloadRecord } from './download-record.js';
import type { FileStore } from './file-store.js';
import type { RemoteFile, RemoteListing } from './remote-file.js';
import { repositoryFolder } from './repository.js';

/**
 * A folder with plain files. Beside them, in `.cache/huggingface/download`, lie what is unfinished and a record of
 * each file's commit and checksum, as the Hub's own tools keep them.
 *
 * @param cache the Hub's cache: what it has is copied instead of fetched
 */
export function folderStore(directory: string, cache: string, { name, commit }: RemoteListing): FileStore {
  const records = join(directory, '.cache', 'huggingface', 'download');
  const partialOf = ({ path, checksum }: RemoteFile): string =>
    join(records, `${path}.${checksum.hex}.palistream.incomplete`);
  const record = async ({ path, checksum }: RemoteFile): Promise<void> => {
    const file = join(records, `${path}.metadata`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, downloadRecord(commit, checksum.hex, Date.now() / 1000));
  };
  return {
    directory,
    root: directory,
    place: async (file) => {
      const target = join(directory, file.path);
      const { algorithm, hex } = file.checksum;
      if ((await sizeOf(target)) !== file.bytes || (await checksumOfFile(target, algorithm)) !== hex)
        return false;
      await record(file);
      return true;
    },
    partial: partialOf,
    prepare: async (file) => {
      const partial = partialOf(file);
      await mkdir(dirname(partial), { recursive: true });
      const blob = join(repositoryFolder(cache, name), 'blobs', file.checksum.hex);
      // Its checksum is looked at like that of any other.
      if ((await sizeOf(blob)) === file.bytes) await copyFile(blob, partial);
    },
    keep: async (file) => {
      const target = join(directory, file.path);
      await mkdir(dirname(target), { recursive: true });
      await rename(partialOf(file), target);
      await record(file);
    },
    finish: () => Promise.resolve(),
  };
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
