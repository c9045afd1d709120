import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { RequestError, RetryableError } from '../../shared/errors.js';
import type { RemoteAnswer, RemoteClient } from '../remote/remote-client.js';
import { fileName } from './file-name.js';
import type { ArrivedFile } from './video-library.js';

export interface VideoDownloadOptions {
  readonly remote: RemoteClient;
  /** Where files arrive. */
  readonly folder: string;
  readonly maxBytes: number;
  /** A whole download may take so long. */
  readonly maxSeconds: number;
}

/** More at a time would fill the line, and the disk with what is not whole. */
const MAX_AT_ONCE = 4;
/** What files of videos and pictures are said to be; what they are is looked at when they are there. */
const TYPES =
  /^(?:$|video\/|image\/|application\/(?:octet-stream|mp4|ogg|mxf|x-matroska)$|binary\/octet-stream$)/;
const PLAYLISTS = /mpegurl|dash\+xml|sdp$/;

/** Fetches videos by their addresses; each ends as a file that belongs to the caller. */
export class VideoDownloads {
  #running = 0;

  constructor(private readonly options: VideoDownloadOptions) {}

  /**
   * @throws RequestError `url_answer`, `url_type`, those of `RemoteClient`; RetryableError `too_many_downloads`,
   * `url_unreachable`; CancelledError
   */
  async fetch(url: string, signal: AbortSignal): Promise<ArrivedFile> {
    const { remote, folder, maxBytes, maxSeconds } = this.options;
    if (this.#running >= MAX_AT_ONCE) {
      throw new RetryableError(
        'too_many_downloads',
        `${MAX_AT_ONCE} videos are being fetched already: try again later`,
      );
    }
    this.#running++;
    const path = join(folder, randomUUID());
    try {
      const request = { maxBytes, timeoutMs: maxSeconds * 1000, signal };
      return await remote.request(url, request, async (answer) => {
        expectVideo(answer);
        await pipeline(answer.body, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
        return { path, name: nameOf(answer.url), origin: 'url' };
      });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      this.#running--;
    }
  }
}

function expectVideo({ url, status, contentType }: RemoteAnswer): void {
  if (status >= 500) {
    throw new RetryableError(
      'url_unreachable',
      `${JSON.stringify(url.origin)} answered ${status}: try again later`,
    );
  }
  if (status !== 200) {
    throw new RequestError(
      'url_answer',
      `${JSON.stringify(url.origin)} answered ${status}: check the address`,
    );
  }
  if (PLAYLISTS.test(contentType)) {
    throw new RequestError(
      'url_type',
      'the address leads to a playlist: watch it as a stream, or give a file',
    );
  }
  if (TYPES.test(contentType)) return;
  throw new RequestError(
    'url_type',
    `the address leads to ${JSON.stringify(contentType)}, not to a video or a picture: give the address of the file`,
  );
}

/** The end of the path, for people. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return fileName(decodeURIComponent(last)) || url.hostname;
  } catch {
    return fileName(last);
  }
}
