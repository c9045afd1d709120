import type { ServerResponse } from 'node:http';
import { RetryableError } from '../../shared/errors.js';
import { PicturePacer, type SentPicture } from './picture-pacer.js';
import type { StreamManager } from './stream-manager.js';

export interface MotionJpegOptions {
  readonly streams: StreamManager;
  readonly maxClients: number;
  /** A client that takes nothing for so long is cut off. */
  readonly stallMs: number;
  readonly onFailure: (error: unknown) => void;
}

const BOUNDARY = 'picture';

/** What a camera shows, as Motion JPEG (`multipart/x-mixed-replace`), which an `<img>` plays. */
export class MotionJpeg {
  readonly #open = new Set<() => void>();

  constructor(private readonly options: MotionJpegOptions) {}

  /** How many watch. */
  get clients(): number {
    return this.#open.size;
  }

  /**
   * Answers with the pictures of a stream until it stops or the client goes, HEAD with the head alone.
   * @throws RequestError `stream_not_found`; RetryableError `stream_not_running`, `too_many_watchers`
   */
  async serve(response: ServerResponse, stream: string, framesPerSecond: number): Promise<void> {
    const { streams, maxClients, stallMs, onFailure } = this.options;
    const live = await streams.running(stream);
    if (this.#open.size >= maxClients) {
      throw new RetryableError('too_many_watchers', `${maxClients} clients watch already: try again later`);
    }
    response.writeHead(200, {
      'content-type': `multipart/x-mixed-replace; boundary=${BOUNDARY}`,
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'x-accel-buffering': 'no',
    });
    if (response.req.method === 'HEAD') {
      response.end();
      return;
    }
    response.write(`--${BOUNDARY}\r\n`);
    const pacer = new PicturePacer({
      framesPerSecond,
      onFailure,
      send: (sent) => write(response, sent, stallMs),
    });
    const end = (): void => {
      leave(); // first: nothing may be written behind the end
      response.end();
    };
    const unwatch = streams.watch(stream, {
      picture: (picture) => {
        pacer.take(picture);
      },
      stopped: end,
    });
    const leave = (): void => {
      this.#open.delete(end);
      unwatch();
      pacer.close();
    };
    this.#open.add(end);
    response.once('close', leave);
    response.on('error', () => response.destroy()); // without a listener it would end the process
    if (live.picture !== null) pacer.take(live.picture);
  }

  /** Ends all. */
  close(): void {
    for (const end of this.#open) end();
  }
}

/** Resolves when the client's socket takes more; one that takes nothing for too long is cut off. */
async function write(
  response: ServerResponse,
  { jpeg, picture }: SentPicture,
  stallMs: number,
): Promise<void> {
  const at = new Date(picture.capturedAtMs).toISOString();
  response.cork();
  response.write(
    `Content-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\nX-Captured-At: ${at}\r\n\r\n`,
  );
  response.write(jpeg);
  // The boundary behind it, at once: browsers show a picture when they have seen its end.
  const isTaken = response.write(`\r\n--${BOUNDARY}\r\n`);
  response.uncork();
  if (isTaken || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      clearTimeout(cut);
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    const cut = setTimeout(() => response.destroy(), stallMs);
    response.on('drain', settle);
    response.on('close', settle);
  });
}
