import type { RemoteFile } from './remote-file.js';

/** Where the files of a repository go. */
export interface FileStore {
  /** The checkpoint's folder once all files are there. */
  readonly directory: string;
  /** Whose disk must have room. */
  readonly root: string;
  /** Puts a file that this machine has already into its place; false when it has to be fetched. */
  place(file: RemoteFile): Promise<boolean>;
  /** Path of the unfinished file. */
  partial(file: RemoteFile): string;
  /** Makes the unfinished file's folder; a copy that this machine has elsewhere may become the unfinished file. */
  prepare(file: RemoteFile): Promise<void>;
  /** Puts the finished file into its place. */
  keep(file: RemoteFile): Promise<void>;
  /** To be called once all files are there. */
  finish(): Promise<void>;
}
