import { CancelledError, RetryableError, throwIfCancelled } from '../shared/errors.js';
import type { DecodedMasks } from '../tasks/decoded-masks.js';
import type { EngineSettings } from './engine-module.js';
import { EventQueue } from './event-queue.js';
import { ModelChild, ModelChildDied } from './model-child.js';
import type { Model, ModelEvent, ModelInfo, ModelRequest } from './model.js';
import { untilAborted } from './until-aborted.js';

export interface ModelProcessOptions extends EngineSettings {
  readonly onWarning?: (message: string) => void;
  /** Hears how many of the weights have been converted; never when they need not be. */
  readonly onLoading?: (done: number, total: number) => void;
  /** How long a process that is asked to end may take before it is killed. */
  readonly graceMs?: number;
  /** Takes the opening back; a model that is open is closed with `close`. */
  readonly signal?: AbortSignal;
  /** Address of another engine module than engine.ts, for tests. */
  readonly engine?: string;
}

/** A process that dies again and again without answering is forked anew only when somebody asks. */
const RESTARTS_WITHOUT_ANSWER = 3;
const GRACE_MS = 500;

/**
 * Opens a model in a process of its own: `run` of onnxruntime blocks its thread and can abort the process.
 *
 * Requests are answered in the order they came. When the process dies it is forked again and the request it was
 * at is tried once more, what was told already is not repeated; after that RetryableError.
 * @throws what the engine throws on opening; CancelledError; RetryableError when the process dies meanwhile
 */
export async function openModelProcess(options: ModelProcessOptions): Promise<ModelProcess> {
  const { signal } = options;
  throwIfCancelled(signal);
  const model = new ModelProcess(options);
  const cancel = (): void => {
    void model.close(0); // nothing is lost with a model that is half open
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    await model.opened();
    return model;
  } catch (error) {
    await model.close(0);
    throwIfCancelled(signal);
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** The Model that lives in another process; see `openModelProcess`. */
export class ModelProcess implements Model {
  private child: ModelChild;
  private known: ModelInfo | null = null;
  private lastTurn: Promise<void> = Promise.resolve();
  private restarts = 0;
  private closed = false;

  /** Forks at once; requests wait until the model is open, and get its error when it cannot be opened. */
  constructor(private readonly options: ModelProcessOptions) {
    this.child = this.fork();
  }

  get info(): ModelInfo {
    if (this.known === null)
      throw new RetryableError('model_not_ready', 'the model is still being opened: wait');
    return this.known;
  }

  /** Whether `info` can be told: the model has been open once. */
  get hasOpened(): boolean {
    return this.known !== null;
  }

  /** Whether a request would be begun at once: the process lives and has its model open. */
  get isReady(): boolean {
    return !this.closed && this.child.isReady;
  }

  /** Resolves when the first process has its model open. */
  async opened(): Promise<void> {
    await this.child.ready;
  }

  async *generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
    throwIfCancelled(signal);
    const left = new AbortController(); // the consumer has broken off
    const stop = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
    const events = new EventQueue<ModelEvent>();
    const tellCancelled = (): void => {
      events.fail(new CancelledError(undefined, { cause: stop.reason }));
    };
    stop.addEventListener('abort', tellCancelled, { once: true });
    // Not driven by the consumer's pulls: a slow one must not keep the next request waiting.
    this.answer(request, stop, (event) => {
      events.push(event);
    }).then(
      () => {
        events.end();
      },
      (error: unknown) => {
        events.fail(error);
      },
    );
    try {
      yield* events;
    } finally {
      stop.removeEventListener('abort', tellCancelled);
      left.abort();
    }
  }

  async decodeMasks(codes: readonly (readonly number[])[], signal?: AbortSignal): Promise<DecodedMasks> {
    throwIfCancelled(signal);
    const stop = signal ?? new AbortController().signal;
    return untilAborted(
      this.inTurn(stop, (child) => child.decodeMasks(codes, stop)),
      stop,
    );
  }

  async close(graceMs = this.options.graceMs ?? GRACE_MS): Promise<void> {
    this.closed = true;
    await this.child.stop(graceMs);
  }

  private async answer(
    request: ModelRequest,
    signal: AbortSignal,
    tell: (event: ModelEvent) => void,
  ): Promise<void> {
    let told = 0;
    await this.inTurn(signal, async (child) => {
      let steps = 0;
      const tellOnce = (event: ModelEvent): void => {
        if (event.kind === 'step' && ++steps <= told) return; // the same request and seed give the same steps
        if (event.kind === 'step') told = steps;
        tell(event);
      };
      await child.run(request, tellOnce, signal);
    });
  }

  /** Waits for its turn, then has the work done, twice when the process dies the first time. */
  private async inTurn<T>(signal: AbortSignal, work: (child: ModelChild) => Promise<T>): Promise<T> {
    const before = this.lastTurn;
    let release: () => void = () => undefined;
    this.lastTurn = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    try {
      throwIfCancelled(signal);
      for (let retried = false; ; retried = true) {
        try {
          const child = await this.running();
          throwIfCancelled(signal);
          const result = await work(child);
          this.restarts = 0;
          return result;
        } catch (error) {
          throwIfCancelled(signal);
          if (this.closed) throw closedError();
          if (retried || !(error instanceof ModelChildDied)) throw error;
        }
      }
    } finally {
      release();
    }
  }

  private async running(): Promise<ModelChild> {
    if (this.closed) throw closedError();
    if (!this.child.isAlive) this.child = this.fork();
    await this.child.ready;
    return this.child;
  }

  private fork(): ModelChild {
    const { directory, cacheDirectory, threads, precision, imageTokenCacheBytes } = this.options;
    const { adapter, maskDecoder, provider, onWarning, onLoading, engine } = this.options;
    const settings = {
      ...{ directory, cacheDirectory, threads, precision, imageTokenCacheBytes },
      ...(adapter === undefined ? {} : { adapter }),
      ...(maskDecoder === undefined ? {} : { maskDecoder }),
      ...(provider === undefined ? {} : { provider }),
    };
    const child = new ModelChild(settings, onWarning ?? (() => undefined), engine, onLoading);
    child.ready.then(
      (info) => {
        this.known = info;
      },
      () => undefined, // told to each who waits for it
    );
    void child.gone.then(() => {
      // Forked at once, so that the next request does not pay for the loading.
      if (this.closed || this.known === null || this.child !== child) return;
      if (this.restarts++ < RESTARTS_WITHOUT_ANSWER) this.child = this.fork();
    });
    return child;
  }
}

function closedError(): RetryableError {
  return new RetryableError('model_process_closed', 'the model has been closed: open it again');
}
