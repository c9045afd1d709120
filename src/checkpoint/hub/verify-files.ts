import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { checksumOfFile } from './checksum-of-file.js';
import { recordedChecksum } from './download-record.js';

/** What became of one file of a checkpoint. */
export interface FileVerdict {
  readonly path: string;
  /** Where its bytes lie. */
  readonly file: string;
  readonly bytes: number;
  /** `unknown`: nobody has written down what its checksum should be. */
  readonly state: 'right' | 'damaged' | 'missing' | 'unknown';
}

/**
 * Reads every file of a checkpoint's folder and compares it with its checksum: the name of its blob in the Hub's
 * cache, or the record beside files that were fetched into a folder. Nothing is asked of the network.
 *
 * @param onBytes hears how many bytes have been read, and of how many
 */
export async function verifyFiles(
  directory: string,
  onBytes: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<FileVerdict[]> {
  const files = await Promise.all((await pathsIn(directory)).map((path) => look(directory, path)));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const verdicts: FileVerdict[] = [];
  let done = 0;
  for (const { path, file, bytes, checksum } of files) {
    onBytes(done, total);
    let state: FileVerdict['state'] = 'unknown';
    if (file === '') state = 'missing';
    else if (checksum !== null) {
      const found = await checksumOfFile(file, checksum.length === 64 ? 'sha256' : 'git-sha1', signal);
      state = found === checksum ? 'right' : 'damaged';
    }
    done += bytes;
    verdicts.push({ path, file: file === '' ? join(directory, path) : file, bytes, state });
  }
  onBytes(done, total);
  return verdicts;
}

interface Looked {
  readonly path: string;
  /** Empty: a link that leads nowhere. */
  readonly file: string;
  readonly bytes: number;
  readonly checksum: string | null;
}

async function look(directory: string, path: string): Promise<Looked> {
  try {
    const file = await realpath(join(directory, path));
    const { size: bytes } = await stat(file);
    return { path, file, bytes, checksum: await checksumFor(directory, path, file) };
  } catch {
    return { path, file: '', bytes: 0, checksum: null };
  }
}

async function checksumFor(directory: string, path: string, file: string): Promise<string | null> {
  const name = basename(file);
  if (file.split(sep).at(-2) === 'blobs' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name)) return name;
  const record = join(directory, '.cache', 'huggingface', 'download', `${path}.metadata`);
  return readFile(record, 'utf8').then(recordedChecksum, () => null);
}

/** Files and links, sorted; hidden folders are not the checkpoint's. */
async function pathsIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).some((part) => part.startsWith('.')))
    .sort();
}
