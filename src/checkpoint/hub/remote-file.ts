/** How a file's bytes are known: LFS files by SHA-256, small ones by git's hash of a blob. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'git-sha1';
  /** Lower-case hexadecimal; the name of the blob in the Hub's cache. */
  readonly hex: string;
}

/** One file of a repository. */
export interface RemoteFile {
  /** With `/` between its parts. */
  readonly path: string;
  readonly bytes: number;
  readonly checksum: Checksum;
}

/** A repository as it is at one commit. */
export interface RemoteListing {
  readonly name: string;
  /** Branch or tag that was asked for, or the commit itself. */
  readonly revision: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  readonly files: readonly RemoteFile[];
}
