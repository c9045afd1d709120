import { CancelledError, RetryableError, throwIfCancelled } from '../shared/errors.js';
import type { DecodedMasks } from '../tasks/decoded-masks.js';
import { cannotReopen } from './cannot-reopen.js';
import type { EngineSettings } from './engine-module.js';
import { EventQueue } from './event-queue.js';
import { Histogram } from '../shared/histogram.js';
import { linkedController } from '../shared/linked-controller.js';
import { ModelChild, ModelChildDied } from './model-child.js';
import type { Model, ModelEvent, ModelInfo, ModelRequest } from './model.js';
import type { ModelStats } from './model-stats.js';
import { ProcessSupervisor } from './process-supervisor.js';
import { MASKS_ITEM, queueItem } from './queue-item.js';
import { DEFAULT_QUEUE_LIMITS, type QueueLimits } from './queue-limits.js';
import type { QueueItem } from './request-queue.js';
import { RequestScheduler } from './request-scheduler.js';
import { DEFAULT_STALL_LIMITS, type StallLimits } from './stall-watch.js';
import { untilAborted } from './until-aborted.js';

export interface ModelProcessOptions extends EngineSettings {
  readonly onWarning?: (message: string) => void;
  /** Hears how many of the weights have been converted; never when they need not be. */
  readonly onLoading?: (done: number, total: number) => void;
  /** Hears when a process has its model open, and when one has died and why. */
  readonly onLife?: ((life: ModelLife) => void) | undefined;
  readonly queueLimits?: Partial<QueueLimits>;
  readonly stallLimits?: Partial<StallLimits>;
  /** Of the process: `withHugePages` makes large models open sooner. This process's own when left out. */
  readonly environment?: NodeJS.ProcessEnv;
  /** How long a process that is asked to end may take before it is killed. */
  readonly graceMs?: number;
  /** Takes the opening back; a model that is open is closed with `close`. */
  readonly signal?: AbortSignal;
  /** Address of another engine module than engine.ts, for tests. */
  readonly engine?: string;
}

/** A turn in the life of the model process. */
export type ModelLife =
  | { readonly kind: 'ready'; readonly restarts: number }
  | { readonly kind: 'died'; readonly reason: string; readonly hasHung: boolean };

const GRACE_MS = 500;

/** A process that dies so often before its model is open will do so again. */
const DEATHS_WHILE_OPENING = 3;

/**
 * Opens a model in a process of its own: `run` of onnxruntime blocks its thread and can abort the process.
 *
 * Requests wait by priority, stream and deadline (docs/model-process.md), and run together as far as they fit. When
 * the process dies or hangs it is forked again, and what it was at is tried once more, one request at a time; what was
 * told already is not repeated. After that RetryableError, and at once when the second answer begins in another way.
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
  private readonly supervisor: ProcessSupervisor<ModelChild>;
  private readonly scheduler: RequestScheduler<ModelChild>;
  private readonly stageSeconds = {
    encode: new Histogram(),
    prefill: new Histogram(),
    decode: new Histogram(),
  };
  private known: ModelInfo | null = null;
  private tokens = 0;

  /**
   * Forks at once; requests wait until the model is open, and get its error when it cannot be opened.
   * @throws EnvironmentError `model_process_unstartable` when the machine refuses at once
   */
  constructor(private readonly options: ModelProcessOptions) {
    this.supervisor = new ProcessSupervisor(() => this.fork(), {
      onReady: () => {
        this.options.onLife?.({ kind: 'ready', restarts: this.supervisor.stats.restarts });
        this.scheduler.wake();
      },
      onUnavailable: (error) => {
        this.scheduler.failWaiting(error);
      },
      onDeath: (reason, hasHung) => {
        this.options.onLife?.({ kind: 'died', reason, hasHung });
      },
      hasWork: () => this.scheduler.hasWork,
    });
    const room = (): number => this.known?.cacheTokens ?? Infinity;
    const limits = {
      ...DEFAULT_QUEUE_LIMITS,
      get maxRunningTokens() {
        return Math.min(DEFAULT_QUEUE_LIMITS.maxRunningTokens, room());
      },
      ...options.queueLimits,
    };
    this.scheduler = new RequestScheduler(limits, {
      worker: () => this.supervisor.ready,
      onWanted: () => {
        this.supervisor.wanted();
      },
      isDeath: (error) => error instanceof ModelChildDied,
    });
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

  /** Whether a request would be begun at once if nothing else ran: the process lives and has its model open. */
  get isReady(): boolean {
    return this.supervisor.ready !== null;
  }

  /** What it does and did; while something runs, the engine's part is up to a second old. */
  get stats(): ModelStats {
    const { encode, prefill, decode } = this.stageSeconds;
    return {
      queue: this.scheduler.stats,
      process: this.supervisor.stats,
      engine: this.supervisor.engineStats,
      tokens: this.tokens,
      stageSeconds: { encode: encode.counts, prefill: prefill.counts, decode: decode.counts },
    };
  }

  /** Resolves when the model has been opened; a process that dies meanwhile is replaced, but not for ever. */
  async opened(): Promise<void> {
    for (let deaths = 1; ; deaths++) {
      const { child } = this.supervisor;
      try {
        await child.ready;
        return;
      } catch (error) {
        if (!(error instanceof ModelChildDied) || deaths >= DEATHS_WHILE_OPENING) {
          throw this.hasOpened ? cannotReopen(error) : error;
        }
        await this.supervisor.another(child);
      }
    }
  }

  async *generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
    throwIfCancelled(signal);
    const { controller: left, unlink } = linkedController(signal); // the consumer has broken off, or the caller cancels
    const stop = left.signal;
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
      unlink();
      left.abort();
    }
  }

  async decodeMasks(codes: readonly (readonly number[])[], signal?: AbortSignal): Promise<DecodedMasks> {
    throwIfCancelled(signal);
    const stop = signal ?? new AbortController().signal;
    return untilAborted(
      this.inTurn(MASKS_ITEM, (child) => child.decodeMasks(codes, stop), stop),
      stop,
    );
  }

  async close(graceMs = this.options.graceMs ?? GRACE_MS): Promise<void> {
    this.scheduler.close(
      new RetryableError('model_process_closed', 'the model has been closed: open it again'),
    );
    await this.supervisor.close(graceMs);
  }

  private async answer(
    request: ModelRequest,
    signal: AbortSignal,
    tell: (event: ModelEvent) => void,
  ): Promise<void> {
    const told: number[] = []; // ids
    const work = async (child: ModelChild): Promise<void> => {
      const differing = new AbortController();
      let steps = 0;
      const tellOnce = (event: ModelEvent): void => {
        if (differing.signal.aborted) return;
        const before = told[steps]; // of the run that the process died over
        if (event.kind === 'step' && event.step.id === before) {
          steps++;
          return;
        }
        if (before !== undefined) {
          differing.abort(); // still frames or other batches made it so: two texts would be spliced
          return;
        }
        if (event.kind === 'step') steps = told.push(event.step.id);
        this.count(event);
        tell(event);
      };
      const stop = AbortSignal.any([signal, differing.signal]);
      await child.run(request, tellOnce, stop).catch((error: unknown) => {
        if (!differing.signal.aborted) throw error;
      });
      if (!differing.signal.aborted) return;
      throw new RetryableError(
        'model_process_died',
        'the model process died, and what the next one answers does not begin as what was told: ask again',
      );
    };
    await this.inTurn(queueItem(request, this.known?.tokensPerFrame), work, signal);
  }

  private inTurn<T>(
    item: QueueItem,
    work: (child: ModelChild) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const counted = async (child: ModelChild): Promise<T> => {
      const result = await work(child);
      this.supervisor.answered();
      return result;
    };
    return this.scheduler.run(item, counted, signal);
  }

  private count(event: ModelEvent): void {
    if (event.kind === 'step') {
      this.tokens++;
      return;
    }
    const { encodeMs, prefillMs, decodeMs } = event.generation.timing;
    this.stageSeconds.encode.add(encodeMs / 1000);
    this.stageSeconds.prefill.add(prefillMs / 1000);
    this.stageSeconds.decode.add(decodeMs / 1000);
  }

  private fork(): ModelChild {
    const { directory, cacheDirectory, threads, precision, imageTokenCacheBytes } = this.options;
    const { adapter, maskDecoder, provider, batchFillMs, stillThreshold } = this.options;
    const { onWarning = () => undefined, onLoading, engine, environment, stallLimits } = this.options;
    const settings = {
      ...{ directory, cacheDirectory, threads, precision, imageTokenCacheBytes },
      ...(adapter === undefined ? {} : { adapter }),
      ...(maskDecoder === undefined ? {} : { maskDecoder }),
      ...(provider === undefined ? {} : { provider }),
      ...(batchFillMs === undefined ? {} : { batchFillMs }),
      ...(stillThreshold === undefined ? {} : { stillThreshold }),
    };
    const limits = { ...DEFAULT_STALL_LIMITS, ...stallLimits };
    const child = new ModelChild({
      settings,
      stallLimits: limits,
      onWarning,
      onLoading,
      engine,
      environment,
    });
    child.ready.then(
      (info) => {
        this.known = info;
      },
      () => undefined, // told to each who waits for it
    );
    return child;
  }
}
