import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { RequestError, messageOf } from '../shared/errors.js';

/** A regular file of this machine that may be read, and how ffmpeg is told of it. */
export interface LocalFile {
  /** The path as the user gave it. */
  readonly path: string;
  /**
   * `file:` and the real, absolute path. ffmpeg takes everything after `file:` as it stands, so a leading
   * dash, a percent sign or `concat:` in a name means nothing.
   */
  readonly url: string;
  /** Same text, same bytes: real path, size and time of change. */
  readonly identity: string;
  readonly bytes: number;
  /** The first bytes, at most 64: enough to tell a picture. */
  readonly head: Uint8Array;
}

const HEAD_BYTES = 64;
/** Without O_NONBLOCK, opening a named pipe would wait for its writer for ever (Windows has neither). */
const OPEN_FLAGS = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/**
 * Opens a path once to see that it is a regular, readable, non-empty file.
 *
 * It is opened rather than asked about, because only opening tells the truth about permissions.
 * @throws RequestError `no_such_file`, `is_a_directory`, `no_permission`, `not_a_file`, `empty_file`
 */
export async function openLocalFile(path: string): Promise<LocalFile> {
  const name = JSON.stringify(path);
  if (path.includes('\0')) throw new RequestError('no_such_file', `${name} cannot be the name of a file`);
  let file;
  try {
    file = await open(path, OPEN_FLAGS);
  } catch (thrown) {
    throw openError(name, thrown);
  }
  try {
    const facts = await file.stat({ bigint: true });
    if (facts.isDirectory()) {
      throw new RequestError('is_a_directory', `${name} is a directory: name one video file in it`);
    }
    if (!facts.isFile()) {
      throw new RequestError('not_a_file', `${name} is not a regular file: save the video to a file first`);
    }
    if (facts.size === 0n) {
      throw new RequestError('empty_file', `${name} is empty (0 bytes): copy or record it again`);
    }
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const real = await realpath(path);
    return {
      path,
      url: `file:${real}`,
      identity: `${real}\n${facts.size}\n${facts.mtimeNs}`,
      bytes: Number(facts.size),
      head: buffer.subarray(0, bytesRead),
    };
  } finally {
    await file.close();
  }
}

function openError(name: string, thrown: unknown): RequestError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return new RequestError('no_such_file', `there is no file ${name}: check the path`, { cause: thrown });
    case 'EACCES':
    case 'EPERM':
      return new RequestError(
        'no_permission',
        `${name} may not be read by this user: change its permissions or copy it elsewhere`,
        { cause: thrown },
      );
    case 'EISDIR':
      return new RequestError('is_a_directory', `${name} is a directory: name one video file in it`);
    default:
      return new RequestError('unreadable_file', `${name} cannot be opened (${messageOf(thrown)})`, {
        cause: thrown,
      });
  }
}
