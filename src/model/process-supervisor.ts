import { messageOf } from '../shared/errors.js';
import { cannotReopen } from './cannot-reopen.js';
import type { EngineStats, ProcessStats } from './model-stats.js';
import { engineTotals, NO_ENGINE_STATS } from './engine-totals.js';
import { restartDelayMs } from './restart-delay.js';

/** One life of the process, as far as its supervisor looks: see `ModelChild`. */
export interface SupervisedChild {
  readonly ready: Promise<unknown>;
  readonly gone: Promise<void>;
  readonly isAlive: boolean;
  readonly isReady: boolean;
  readonly hasHung: boolean;
  /** How it ended, in a sentence; null while it lives. */
  readonly death: string | null;
  readonly stats: EngineStats;
  readonly residentBytes: number | null;
  stop(graceMs: number): Promise<void>;
}

export interface SupervisorHooks {
  /** A process has its model open. */
  onReady(): void;
  /** No process will come for what waits now. */
  onUnavailable(error: unknown): void;
  /** A process has ended without having been asked to, or could not even be forked. */
  onDeath(reason: string, hasHung: boolean): void;
  /** Whether somebody waits for a process. */
  hasWork(): boolean;
}

/** What waits is failed when the process dies so often in a row before its model is open. */
const DEATHS_WHILE_OPENING = 2;

/** Keeps one process alive: forks it again when it dies, less and less often, until it answers. */
export class ProcessSupervisor<Child extends SupervisedChild> {
  readonly #fork: () => Child;
  readonly #hooks: SupervisorHooks;
  #child: Child;
  #timer: NodeJS.Timeout | null = null;
  #hasOpened = false;
  #isClosed = false;
  /** Why the last process could not open its model; null while it may. */
  #failure: { readonly error: unknown } | null = null;
  #deaths = 0;
  #deathsWhileOpening = 0;
  #diedAtMs = 0;
  #restarts = 0;
  #hangs = 0;
  #earlier = NO_ENGINE_STATS;
  #wishes: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];

  /** Forks at once. @throws what the fork throws */
  constructor(fork: () => Child, hooks: SupervisorHooks) {
    this.#fork = fork;
    this.#hooks = hooks;
    this.#child = this.#start();
  }

  /** The newest process, be it alive or not. */
  get child(): Child {
    return this.#child;
  }

  /** The process to give work to; null while there is none. */
  get ready(): Child | null {
    return !this.#isClosed && this.#child.isReady ? this.#child : null;
  }

  get stats(): ProcessStats {
    const { isReady, residentBytes } = this.#child;
    const waiting = this.#hasOpened ? 'restarting' : 'opening';
    const state = this.#isClosed ? 'closed' : isReady ? 'ready' : waiting;
    return { state, restarts: this.#restarts, hangs: this.#hangs, residentBytes };
  }

  get engineStats(): EngineStats {
    return this.#child.isAlive ? engineTotals(this.#earlier, this.#child.stats) : this.#earlier;
  }

  /** Somebody waits for a process: forks one when none is alive, or says that none will come. */
  wanted(): void {
    if (this.#isClosed) return;
    if (!this.#child.isAlive) this.#restart();
    else if (this.#failure !== null) this.#hooks.onUnavailable(this.#failure.error);
  }

  /**
   * Puts another process in the place of a dead one, as `wanted` does; resolves when that has been done, or nobody will.
   * @throws what the fork throws, as `cannotReopen` says it when the model has been open
   */
  async another(dead: Child): Promise<void> {
    while (this.#child === dead && !this.#isClosed) {
      this.wanted();
      await new Promise<void>((resolve, reject) => this.#wishes.push({ resolve, reject }));
    }
  }

  /** A request was answered: the process is sound. */
  answered(): void {
    this.#deaths = 0;
  }

  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#fulfil();
    await this.#child.stop(graceMs);
  }

  #start(): Child {
    const child = this.#fork();
    this.#failure = null;
    child.ready.then(
      () => {
        this.#deathsWhileOpening = 0;
        this.#hasOpened = true;
        if (!this.#isClosed) this.#hooks.onReady();
      },
      (reason: unknown) => {
        const error = this.#hasOpened ? cannotReopen(reason) : reason;
        this.#failure = { error };
        if (!child.isAlive) return;
        this.#hooks.onUnavailable(error);
        // One that never opened will say the same again and again; one that did makes room for another.
        if (this.#hasOpened) void child.stop(0);
      },
    );
    void child.gone.then(() => {
      this.#onGone(child);
    });
    return child;
  }

  #onGone(child: Child): void {
    this.#earlier = withoutCache(engineTotals(this.#earlier, child.stats));
    if (child.hasHung) this.#hangs++;
    if (this.#isClosed) return;
    const failure = this.#failure;
    const end = child.death ?? 'the model process ended';
    this.#countDeath(failure === null ? end : messageOf(failure.error), child.hasHung);
    const isGivenUp = failure !== null && ++this.#deathsWhileOpening >= DEATHS_WHILE_OPENING;
    if (isGivenUp) this.#hooks.onUnavailable(failure.error);
    // With work or without: nobody may ask a server that says it is not ready.
    if (this.#hasOpened || (!isGivenUp && this.#hooks.hasWork())) this.#restart();
  }

  #restart(): void {
    if (this.#timer !== null) return;
    const delayMs = Math.max(0, this.#diedAtMs + restartDelayMs(this.#deaths) - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      try {
        this.#child = this.#start();
      } catch (error) {
        this.#onRefused(error);
        return;
      }
      this.#restarts++;
      this.#fulfil();
    }, delayMs);
  }

  /** The machine forks nothing now: memory is short. */
  #onRefused(reason: unknown): void {
    const error = this.#hasOpened ? cannotReopen(reason) : reason;
    this.#countDeath(messageOf(error), false);
    this.#hooks.onUnavailable(error);
    for (const { reject } of this.#wishes.splice(0)) reject(error);
    if (this.#hasOpened) this.#restart();
  }

  #countDeath(reason: string, hasHung: boolean): void {
    this.#hooks.onDeath(reason, hasHung);
    this.#deaths++;
    this.#diedAtMs = Date.now();
  }

  #fulfil(): void {
    for (const { resolve } of this.#wishes.splice(0)) resolve();
  }
}

/** What a dead process held is gone with it. */
function withoutCache(stats: EngineStats): EngineStats {
  const { vision } = stats;
  return { ...stats, vision: { ...vision, cache: { ...vision.cache, bytes: 0, entries: 0 } } };
}
