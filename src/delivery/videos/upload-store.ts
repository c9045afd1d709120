import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import type { Upload } from '@tus/server';
import type { FinishedUploads } from './finished-uploads.js';

/** The files of uploads under way, in a folder that is there. */
export class UploadStore extends FileStore {
  constructor(
    directory: string,
    expirationPeriodInMilliseconds: number,
    private readonly finished: FinishedUploads,
  ) {
    super({ directory, expirationPeriodInMilliseconds });
  }

  /** One that is being taken in has all its bytes, wherever its file is. */
  override async getUpload(id: string): Promise<Upload> {
    return this.finished.find(id) ?? super.getUpload(id);
  }

  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    if (this.finished.find(id) === null) return super.write(bytes, id, offset);
    await finished(bytes.resume()); // there are none: it has them all
    return offset;
  }

  /** Those that have all their bytes: the server died before they were taken in. */
  async complete(): Promise<Upload[]> {
    const ids = (await this.configstore.list?.()) ?? [];
    const uploads = await Promise.all(ids.map((id) => this.getUpload(id).catch(() => null)));
    return uploads.filter((upload) => upload !== null && upload.offset === upload.size) as Upload[];
  }
}

// FileStore would make its folder in the background and throw where nobody can catch it, which ends the process.
Object.assign(UploadStore.prototype, { checkOrCreateDirectory: () => undefined });
