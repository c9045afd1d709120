import { CancelledError, throwIfCancelled } from '../shared/errors.js';
import type { EncodableFrame } from './encodable-frame.js';

/** Makes one frame's tokens of each frame, in order. */
export type EncodeBatch = (frames: readonly EncodableFrame[]) => Promise<readonly Float32Array[]>;

interface Job {
  readonly frame: EncodableFrame;
  readonly tokens: Promise<Float32Array>;
  readonly resolve: (tokens: Float32Array) => void;
  readonly reject: (error: unknown) => void;
  isUrgent: boolean;
  waiters: number;
}

/**
 * Puts frames that come at about the same time, from whichever stream, through the tower together.
 *
 * A batch begins when it is full, or a few milliseconds after its first frame came; while one runs, the next fills.
 * A frame that is waiting or running is shared by all who ask for it. One that nobody waits for any more is left out.
 */
export class FrameBatcher {
  readonly #encode: EncodeBatch;
  readonly #maxBatch: number;
  readonly #fillMs: number;
  /** By key, in the order they came. */
  readonly #waiting = new Map<string, Job>();
  readonly #running = new Map<string, Job>();
  #filling: NodeJS.Timeout | null = null;
  /** What waits has waited long enough, full or not. */
  #isDue = false;
  #isStarting = false;

  /** @param fillMs - how long the first frame of a batch waits for others; 0 hardly waits */
  constructor(encode: EncodeBatch, maxBatch: number, fillMs: number) {
    this.#encode = encode;
    this.#maxBatch = maxBatch;
    this.#fillMs = fillMs;
  }

  /** Whether the frame of this key is on its way. */
  has(key: string): boolean {
    return this.#waiting.has(key) || this.#running.has(key);
  }

  /**
   * The tokens of a frame.
   * @param isUrgent - go ahead of frames that are not
   * @throws CancelledError at once when the signal fires; what its batch failed with
   */
  add(frame: EncodableFrame, isUrgent: boolean, signal?: AbortSignal): Promise<Float32Array> {
    throwIfCancelled(signal);
    const job = this.#running.get(frame.key) ?? this.#waiting.get(frame.key) ?? this.#begin(frame);
    job.isUrgent ||= isUrgent;
    this.#schedule();
    return this.#wait(job, signal);
  }

  /** The tokens of a frame that is on its way; see `has`. */
  join(key: string, isUrgent: boolean, signal?: AbortSignal): Promise<Float32Array> | undefined {
    const job = this.#running.get(key) ?? this.#waiting.get(key);
    if (job === undefined) return undefined;
    job.isUrgent ||= isUrgent;
    return this.#wait(job, signal);
  }

  #begin(frame: EncodableFrame): Job {
    let resolve: Job['resolve'] = () => undefined;
    let reject: Job['reject'] = () => undefined;
    const tokens = new Promise<Float32Array>((settle, fail) => {
      resolve = settle;
      reject = fail;
    });
    tokens.catch(() => undefined); // told to each who waits
    const job: Job = { frame, tokens, resolve, reject, isUrgent: false, waiters: 0 };
    this.#waiting.set(frame.key, job);
    return job;
  }

  async #wait(job: Job, signal: AbortSignal | undefined): Promise<Float32Array> {
    job.waiters++;
    if (signal === undefined) return job.tokens;
    let leave: () => void = () => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        if (--job.waiters === 0) this.#waiting.delete(job.frame.key);
        reject(new CancelledError(undefined, { cause: signal.reason }));
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([job.tokens, left]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Sees to it that what waits is begun: now when the batch is full or has been waited for, else in a while. */
  #schedule(): void {
    if (this.#isStarting || this.#running.size > 0 || this.#waiting.size === 0) return;
    if (this.#isDue || this.#waiting.size >= this.#maxBatch) {
      this.#isStarting = true;
      // Encoding occupies the thread: let messages in before, a cancellation among them.
      setImmediate(() => {
        this.#isStarting = false;
        void this.#run();
      });
    } else if (this.#filling === null) {
      this.#filling = setTimeout(() => {
        this.#filling = null;
        this.#isDue = true;
        this.#schedule();
      }, this.#fillMs);
    }
  }

  async #run(): Promise<void> {
    if (this.#filling !== null) clearTimeout(this.#filling);
    this.#filling = null;
    const batch = this.#take();
    if (batch.length > 0) {
      try {
        const tokens = await this.#encode(batch.map(({ frame }) => frame));
        batch.forEach(({ resolve }, i) => {
          resolve(tokens[i] as Float32Array);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running.clear();
    this.#isDue = this.#waiting.size > 0; // it waited while the batch ran
    this.#schedule();
  }

  /** Moves the next batch from waiting to running: what is urgent first, else in the order it came. */
  #take(): readonly Job[] {
    const jobs = [...this.#waiting.values()];
    const inOrder = [...jobs.filter(({ isUrgent }) => isUrgent), ...jobs.filter(({ isUrgent }) => !isUrgent)];
    const batch = inOrder.slice(0, this.#maxBatch);
    for (const job of batch) {
      this.#waiting.delete(job.frame.key);
      this.#running.set(job.frame.key, job);
    }
    return batch;
  }
}
