import { copyFile, mkdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { FileStore } from './file-store.js';
import type { RemoteFile, RemoteListing } from './remote-file.js';
import { repositoryFolder } from './repository.js';

/**
 * The Hub's shared cache: bytes in `blobs/`, named by checksum, and links to them in `snapshots/COMMIT/`, so that
 * what another tool has fetched is used and the other way round. Unfinished files have an ending of our own: other
 * tools go on with theirs without checking them.
 */
export function cacheStore(cache: string, { name, revision, commit }: RemoteListing): FileStore {
  const root = repositoryFolder(cache, name);
  const directory = join(root, 'snapshots', commit);
  const blobOf = ({ checksum }: RemoteFile): string => join(root, 'blobs', checksum.hex);
  const partialOf = (file: RemoteFile): string => `${blobOf(file)}.palistream.incomplete`;
  return {
    directory,
    root,
    place: async (file) => {
      const link = join(directory, file.path);
      if ((await sizeOf(link)) === file.bytes) return true; // of this commit, whoever made it
      if ((await sizeOf(blobOf(file))) !== file.bytes) return false;
      await linkTo(blobOf(file), link);
      return true;
    },
    partial: partialOf,
    prepare: async () => {
      await mkdir(join(root, 'blobs'), { recursive: true });
    },
    keep: async (file) => {
      await rename(partialOf(file), blobOf(file));
      await linkTo(blobOf(file), join(directory, file.path));
    },
    finish: async () => {
      if (revision === commit) return;
      const ref = join(root, 'refs', revision);
      await mkdir(dirname(ref), { recursive: true });
      await writeFile(ref, commit);
    },
  };
}

async function linkTo(blob: string, link: string): Promise<void> {
  await mkdir(dirname(link), { recursive: true });
  await rm(link, { force: true });
  try {
    await symlink(relative(dirname(link), blob), link);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'EACCES' && code !== 'ENOTSUP') throw error;
    await copyFile(blob, link); // Windows without the right to make links
  }
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
