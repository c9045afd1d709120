import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { messageOf, RetryableError, throwIfCancelled } from '../../shared/errors.js';
import { checksumOfFile } from './checksum-of-file.js';
import { FIRST_PAUSE_MS, MAX_FAILURES, STALL_TIMEOUT_MS } from './hub-limits.js';
import { type HubConnection, hubRequest } from './hub-request.js';
import type { RemoteFile } from './remote-file.js';

export interface DownloadOptions {
  readonly connection: HubConnection;
  /** Where the file lies, before redirects. */
  readonly url: string;
  readonly file: RemoteFile;
  /** Path of the unfinished file: what is there is gone on with. */
  readonly target: string;
  /** Hears how many bytes of the file are there. */
  readonly onBytes: (bytes: number) => void;
  /** Pauses between attempts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Fetches a file, going on from what is there already and after every cut, until its checksum is right. When it is
 * wrong the file is fetched once more from its beginning.
 *
 * @throws RetryableError `download_interrupted` after several attempts that gave nothing, `download_damaged`; what
 *   `hubRequest` throws and no attempt mends
 */
export async function downloadFile(options: DownloadOptions): Promise<void> {
  const { connection, file, target, onBytes, pause } = options;
  const { signal } = connection;
  let failures = 0;
  for (let wasDamaged = false; ;) {
    const before = await sizeOf(target);
    onBytes(Math.min(before, file.bytes));
    if (before !== file.bytes || before === 0) {
      try {
        await fetchFrom(before < file.bytes ? before : 0, options);
      } catch (error) {
        throwIfCancelled(signal);
        if (!(error instanceof RetryableError)) throw error;
        failures = (await sizeOf(target)) > before ? 1 : failures + 1;
        if (failures > MAX_FAILURES) throw interrupted(file, error);
        await pause(FIRST_PAUSE_MS * 2 ** (failures - 1), signal);
        continue;
      }
    }
    if ((await checksumOfFile(target, file.checksum.algorithm, signal)) === file.checksum.hex) return;
    await rm(target);
    onBytes(0);
    if (wasDamaged) {
      throw new RetryableError(
        'download_damaged',
        `${file.path} came twice with another checksum than ${file.checksum.hex}: try again later, or another HF_ENDPOINT`,
      );
    }
    wasDamaged = true;
  }
}

/** Resolves once the file has its full size. */
async function fetchFrom(
  begin: number,
  { connection, url, file, target, onBytes }: DownloadOptions,
): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort(new Error(`nothing came for ${STALL_TIMEOUT_MS / 1000} s`));
  }, STALL_TIMEOUT_MS);
  // Compressed on the way, a part could not be told from the whole.
  const headers = {
    'accept-encoding': 'identity',
    ...(begin > 0 ? { range: `bytes=${begin}-${file.bytes - 1}` } : {}),
  };
  try {
    const response = await hubRequest(connection, url, { headers, signal: stalled.signal });
    const handle = await open(target, 'a');
    let position = response.status === 206 ? begin : 0; // a server without ranges gives all of it
    try {
      if (response.status === 206 && !goesOn(response, begin, file.bytes)) {
        await handle.truncate(0);
        throw new RetryableError('download_interrupted', `${file.path} did not go on where it was cut`);
      }
      await handle.truncate(position);
      const body: AsyncIterable<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
      for await (const chunk of body) {
        timer.refresh();
        const part = chunk.subarray(0, file.bytes - position);
        await append(handle, part);
        position += part.byteLength;
        onBytes(position);
        if (part.byteLength < chunk.byteLength) break; // too long: the checksum will tell
      }
    } finally {
      await handle.close();
    }
    if (position === file.bytes) return;
    throw new RetryableError(
      'download_interrupted',
      `${file.path} ended at byte ${position} of ${file.bytes}`,
    );
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error; // the disk's fault
    throwIfCancelled(connection.signal);
    if (error instanceof TypeError || stalled.signal.aborted) {
      throw new RetryableError('download_interrupted', `${file.path} was cut (${messageOf(error)})`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function goesOn(response: Response, begin: number, bytes: number): boolean {
  return response.headers.get('content-range') === `bytes ${begin}-${bytes - 1}/${bytes}`;
}

async function append(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.byteLength;) {
    done += (await handle.write(chunk, done, chunk.byteLength - done)).bytesWritten;
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function interrupted(file: RemoteFile, cause: RetryableError): RetryableError {
  return new RetryableError(
    'download_interrupted',
    `${file.path} could not be fetched (${cause.message}): run the same command again, it goes on from there`,
    { cause },
  );
}
