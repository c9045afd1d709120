import { CancelledError, RetryableError, throwIfCancelled } from '../shared/errors.js';
import { Histogram } from '../shared/histogram.js';
import type { QueueStats } from './model-stats.js';
import type { QueueLimits } from './queue-limits.js';
import { RequestQueue, type QueueItem } from './request-queue.js';
import { PRIORITIES, type Priority } from './request-terms.js';

/** Who does the work. */
export interface WorkSource<Worker> {
  /** The one to give work to; null while there is none, until `wake` or `failWaiting` is called. */
  worker(): Worker | null;
  /** Called when work waits and there is no worker. */
  onWanted(): void;
  /** Whether the error means that the worker died: then the work is tried once more. */
  isDeath(error: unknown): boolean;
}

interface Job<Worker> extends QueueItem {
  readonly sinceMs: number;
  readonly run: (worker: Worker) => Promise<void>;
  readonly reject: (error: unknown) => void;
  readonly signal: AbortSignal;
  isRetried: boolean;
}

/** Longest delay of a timer; a deadline further away is looked at again then. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The queue at work: begins what `RequestQueue` says, tries again what died with its worker, and counts. */
export class RequestScheduler<Worker> {
  readonly #limits: QueueLimits;
  readonly #source: WorkSource<Worker>;
  readonly #queue: RequestQueue<Job<Worker>>;
  readonly #counts = {
    started: perPriority(() => 0),
    refused: perPriority(() => 0),
    expired: perPriority(() => 0),
    finished: 0,
    failed: 0,
    cancelled: 0,
    retries: 0,
  };
  readonly #together: Record<number, number> = {};
  readonly #waitSeconds = perPriority(() => new Histogram());
  readonly #totalSeconds = perPriority(() => new Histogram());
  #timer: NodeJS.Timeout | null = null;
  #closed: RetryableError | null = null;

  constructor(limits: QueueLimits, source: WorkSource<Worker>) {
    this.#limits = limits;
    this.#source = source;
    this.#queue = new RequestQueue(limits);
  }

  /** Whether anything waits. */
  get hasWork(): boolean {
    return this.#queue.waiting > 0;
  }

  get stats(): QueueStats {
    const { started, refused, expired, ...totals } = this.#counts;
    return {
      waiting: perPriority((priority) => this.#queue.waitingOf(priority)),
      waitingBytes: this.#queue.waitingBytes,
      running: this.#queue.running,
      runningTokens: this.#queue.runningTokens,
      started: { ...started },
      refused: { ...refused },
      expired: { ...expired },
      ...totals,
      together: { ...this.#together },
      waitSeconds: perPriority((priority) => this.#waitSeconds[priority].counts),
      totalSeconds: perPriority((priority) => this.#totalSeconds[priority].counts),
    };
  }

  /**
   * Has work done when its turn comes; once more, alone, when the worker dies over it.
   * @throws RetryableError `model_busy` at once or when a question takes its place, `request_expired`, what
   *   `failWaiting` or `close` was given; CancelledError at once while it waits, else when the work has stopped
   */
  async run<T>(item: QueueItem, work: (worker: Worker) => Promise<T>, signal: AbortSignal): Promise<T> {
    throwIfCancelled(signal);
    if (this.#closed !== null) throw this.#closed;
    let cancel: () => void = () => undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        const run = async (worker: Worker): Promise<void> => {
          resolve(await work(worker));
        };
        const job: Job<Worker> = { ...item, sinceMs: Date.now(), run, reject, signal, isRetried: false };
        cancel = () => {
          this.#cancel(job);
        };
        signal.addEventListener('abort', cancel);
        this.#expire();
        for (const refused of this.#queue.add(job)) this.#refuse(refused);
        this.wake();
      });
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Begins what can be begun: call it when a worker has come. */
  wake(): void {
    this.#expire();
    if (this.#queue.waiting > 0 && this.#source.worker() === null) this.#source.onWanted();
    for (;;) {
      const worker = this.#source.worker();
      const job = worker === null ? null : this.#queue.start();
      if (worker === null || job === null) break;
      this.#begin(worker, job);
    }
    this.#setTimer();
  }

  /** Refuses all that waits: no worker will come. */
  failWaiting(error: unknown): void {
    for (const job of this.#queue.removeWaiting()) {
      this.#counts.failed++;
      job.reject(error);
    }
    this.#setTimer();
  }

  /** Refuses what waits and whatever comes; what runs is left to its worker, and not tried again. */
  close(error: RetryableError): void {
    this.#closed ??= error;
    this.failWaiting(error);
  }

  #begin(worker: Worker, job: Job<Worker>): void {
    if (!job.isRetried) {
      this.#counts.started[job.priority]++;
      this.#waitSeconds[job.priority].add((Date.now() - job.sinceMs) / 1000);
    }
    const { running } = this.#queue;
    this.#together[running] = (this.#together[running] ?? 0) + 1;
    job.run(worker).then(
      () => {
        this.#counts.finished++;
        this.#totalSeconds[job.priority].add((Date.now() - job.sinceMs) / 1000);
        this.#end(job);
      },
      (error: unknown) => {
        this.#fail(job, error);
      },
    );
  }

  #fail(job: Job<Worker>, error: unknown): void {
    if (job.signal.aborted) {
      this.#counts.cancelled++;
      job.reject(new CancelledError(undefined, { cause: job.signal.reason }));
    } else if (this.#closed !== null) {
      this.#counts.failed++;
      job.reject(this.#closed);
    } else if (!job.isRetried && this.#source.isDeath(error)) {
      this.#counts.retries++;
      job.isRetried = true;
      this.#queue.retry(job);
      this.wake();
      return;
    } else {
      this.#counts.failed++;
      job.reject(error);
    }
    this.#end(job);
  }

  #end(job: Job<Worker>): void {
    this.#queue.finish(job);
    this.wake();
  }

  #cancel(job: Job<Worker>): void {
    if (!this.#queue.remove(job)) return; // it runs, and hears the signal itself
    this.#counts.cancelled++;
    job.reject(new CancelledError(undefined, { cause: job.signal.reason }));
    this.wake();
  }

  #refuse(job: Job<Worker>): void {
    this.#counts.refused[job.priority]++;
    const { maxWaiting, maxWaitingBytes } = this.#limits;
    job.reject(
      new RetryableError(
        'model_busy',
        `the model has no room for another ${job.priority === 'routine' ? 'routine request' : 'question'} ` +
          `(${this.#queue.waiting} wait with ${this.#queue.waitingBytes} bytes; at most ${maxWaiting} may, with ` +
          `${maxWaitingBytes}, half of it routine): ask again later, or look at fewer streams`,
      ),
    );
  }

  #expire(): void {
    for (const job of this.#queue.removeExpired(Date.now())) {
      this.#counts.expired[job.priority]++;
      const waited = ((Date.now() - job.sinceMs) / 1000).toFixed(1);
      job.reject(
        new RetryableError(
          'request_expired',
          `the request waited ${waited} s and reached its deadline before the model had time for it: ` +
            'ask again, or give it more time',
        ),
      );
    }
  }

  #setTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const deadlineMs = this.#queue.nextDeadlineMs;
    if (deadlineMs === null) return;
    const delayMs = Math.min(MAX_TIMER_MS, Math.max(0, deadlineMs - Date.now()));
    this.#timer = setTimeout(() => {
      this.wake();
    }, delayMs);
  }
}

function perPriority<T>(make: (priority: Priority) => T): Record<Priority, T> {
  return Object.fromEntries(PRIORITIES.map((priority) => [priority, make(priority)])) as Record<Priority, T>;
}
