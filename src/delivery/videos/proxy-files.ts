import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PalistreamError, RequestError, RetryableError } from '../../shared/errors.js';
import type { StoredVideo } from '../../store/stored-video.js';
import type { ByteBudget } from './byte-budget.js';
import type { FilePlace } from './file-place.js';
import { hidePath } from './hide-path.js';
import type { ProxyState } from './proxy-shape.js';
import type { VideoTools } from './video-tools.js';

export interface ProxyFilesOptions {
  readonly tools: Pick<VideoTools, 'proxyBytes' | 'writeProxy'>;
  /** Where the proxies are kept; no other files may be there. */
  readonly folder: string;
  readonly budget: ByteBudget;
  /** Told what nobody foresaw. */
  readonly onFailure: (error: unknown) => void;
}

/** More that wait are asked for by nobody who looks at them. */
const MAX_WAITING = 16;
const SUFFIX = '.mp4';

interface Work {
  readonly controller: AbortController;
  /** Taken from the budget until it is known how many it takes. */
  readonly maxBytes: number;
  progress: number | null;
  hasBegun: boolean;
  readonly over: Promise<void>;
}

/**
 * Copies of videos in a form that every browser plays: made when they are asked for, one after the other, once. A copy
 * has its name only when it is whole; what a dead server left behind is swept up at the start.
 */
export class ProxyFiles {
  readonly #ready = new Map<string, number>(); // video -> bytes
  readonly #working = new Map<string, Work>();
  readonly #failed = new Map<string, { readonly code: string; readonly message: string }>();
  #turn: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(private readonly options: ProxyFilesOptions) {}

  /** Takes up what is there. @param isKept whether there is such a video */
  async start(isKept: (video: string) => Promise<boolean>): Promise<void> {
    const { folder, budget } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const video = name.slice(0, -SUFFIX.length);
      if (!name.endsWith(SUFFIX) || !(await isKept(video))) {
        await rm(path, { recursive: true, force: true });
        continue;
      }
      const { size } = await stat(path);
      this.#ready.set(video, size);
      budget.count(size);
    }
  }

  state(video: string): ProxyState {
    if (this.#ready.has(video)) return { state: 'ready' };
    const work = this.#working.get(video);
    if (work !== undefined) {
      return work.hasBegun ? { state: 'making', progress: work.progress } : { state: 'waiting' };
    }
    const failure = this.#failed.get(video);
    return failure === undefined ? { state: 'none' } : { state: 'failed', ...failure };
  }

  /**
   * Where the copy of a video lies.
   * @throws RequestError `proxy_not_made`
   */
  place(video: string): FilePlace {
    if (this.#ready.has(video)) return { folder: this.options.folder, file: `${video}${SUFFIX}` };
    throw new RequestError(
      'proxy_not_made',
      `the video has no proxy (${this.state(video).state}): POST /v1/videos/ID/proxy makes it`,
    );
  }

  /**
   * Begins to make the copy unless it is there or in work; one that failed is tried again.
   * @param path of the video's file
   * @throws RequestError `videos_full`; RetryableError `queue_full`
   */
  make(video: Pick<StoredVideo, 'id' | 'name' | 'durationSeconds'>, path: string): ProxyState {
    const { id } = video;
    if (this.#isStopped || this.#ready.has(id) || this.#working.has(id)) return this.state(id);
    if (this.#working.size >= MAX_WAITING) {
      throw new RetryableError('queue_full', `${MAX_WAITING} proxies are being made: try again later`);
    }
    const maxBytes = this.options.tools.proxyBytes(video.durationSeconds);
    this.options.budget.take(maxBytes);
    this.#failed.delete(id);
    const over = this.#turn.then(() => this.#work(id, video.name, path));
    const controller = new AbortController();
    this.#working.set(id, { controller, maxBytes, progress: null, hasBegun: false, over });
    this.#turn = over;
    return this.state(id);
  }

  /** Removes the copy of a video, and what is being done for it. */
  async remove(video: string): Promise<void> {
    const work = this.#working.get(video);
    if (work?.hasBegun === true) {
      work.controller.abort();
      await work.over;
    } else if (work !== undefined) {
      this.#working.delete(video); // its turn, behind those of other videos, finds nothing to do
      this.options.budget.give(work.maxBytes);
    }
    this.#failed.delete(video);
    const bytes = this.#ready.get(video);
    if (bytes === undefined) return;
    this.#ready.delete(video);
    await rm(join(this.options.folder, `${video}${SUFFIX}`), { force: true });
    this.options.budget.give(bytes);
  }

  /** Ends what is being made. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const { controller } of this.#working.values()) controller.abort();
    await this.#turn;
  }

  /** Never rejects. */
  async #work(id: string, name: string, path: string): Promise<void> {
    const { folder, budget, tools } = this.options;
    const work = this.#working.get(id);
    if (work === undefined) return; // removed while it waited
    const { maxBytes } = work;
    const { signal } = work.controller;
    const temporary = join(folder, `${id}.part`);
    let bytes = 0;
    try {
      if (signal.aborted) return;
      work.hasBegun = true;
      await tools.writeProxy(path, temporary, {
        maxBytes,
        signal,
        onProgress: (share) => (work.progress = share),
      });
      const { size } = await stat(temporary);
      await rename(temporary, join(folder, `${id}${SUFFIX}`));
      bytes = size;
      this.#ready.set(id, bytes);
    } catch (error) {
      if (!signal.aborted) this.#fail(id, hidePath(error, path, name));
      await rm(temporary, { force: true }).catch(this.options.onFailure);
    } finally {
      budget.give(maxBytes - bytes);
      this.#working.delete(id);
    }
  }

  #fail(id: string, error: unknown): void {
    const code = error instanceof PalistreamError ? error.code : 'unexpected_error';
    if (!(error instanceof PalistreamError)) this.options.onFailure(error);
    this.#failed.set(id, { code, message: messageOf(error) });
  }
}
