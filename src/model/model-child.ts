import type { ChildProcess } from 'node:child_process';
import { BugError, EnvironmentError, messageOf, RetryableError } from '../shared/errors.js';
import type { DecodedMasks } from '../tasks/decoded-masks.js';
import { unpackError } from './carried-error.js';
import type { EngineSettings } from './engine-module.js';
import { NO_ENGINE_STATS } from './engine-totals.js';
import { forkEntry } from './fork-entry.js';
import type { ModelEvent, ModelInfo, ModelRequest } from './model.js';
import type { EngineStats } from './model-stats.js';
import type { FromModelProcess, ToModelProcess } from './process-messages.js';
import { type StallLimits, StallWatch } from './stall-watch.js';
import { watchPulses } from './watch-pulses.js';

/** Enough of what the process wrote before it died to say why (onnxruntime's last words are a line or two). */
const LAST_WORDS_BYTES = 4096;

/** The process ended while it was opening or answering; whoever supervises it decides about another try. */
export class ModelChildDied extends RetryableError {
  constructor(how: string, lastWords: string) {
    const said = lastWords === '' ? '' : `, saying "${lastWords}"`;
    super(
      'model_process_died',
      `the model process died (${how}${said}): try again, with less memory in use or a smaller model`,
    );
  }
}

/** What the process says to one request while it is at it, or last. */
type Answer = Extract<FromModelProcess, { readonly kind: 'event' | 'masks' }>;

/** Left out of an Omit over a union, which would make one of it. */
type Asked<Message> = Message extends { readonly id: number } ? Omit<Message, 'id'> : never;

interface Pending {
  readonly onAnswer: (answer: Answer) => void;
  readonly settle: (error: Error | null) => void;
}

export interface ModelChildOptions {
  readonly settings: EngineSettings;
  readonly stallLimits: StallLimits;
  readonly onWarning: (message: string) => void;
  readonly onLoading?: ((done: number, total: number) => void) | undefined;
  /** Address of another engine module than engine.ts, for tests. */
  readonly engine?: string | undefined;
  /** This process's own when left out. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** One life of the model process, from its fork to its death. */
export class ModelChild {
  /** Rejects with the engine's own error, or ModelChildDied. */
  readonly ready: Promise<ModelInfo>;
  /** Resolves when the process is gone, however it went. */
  readonly gone: Promise<void>;
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, Pending>();
  private readonly killAtExit: () => void;
  private readonly watch: StallWatch;
  private lastWords = '';
  private hang: string | null = null;
  private engineStats = NO_ENGINE_STATS;
  private diedOf: string | null = null;
  private alive = true;
  private hasOpened = false;
  private isOpening = true;
  private nextId = 1;

  /** @throws EnvironmentError `model_process_unstartable` when the machine refuses at once */
  constructor({ settings, stallLimits, onWarning, onLoading, engine, environment }: ModelChildOptions) {
    try {
      this.child = forkEntry(engine, environment);
    } catch (cause) {
      throw unstartable(cause); // as for want of memory; for other wants there is the error event
    }
    this.watch = new StallWatch(stallLimits);
    const isBusy = () => this.isOpening || this.pending.size > 0;
    watchPulses(this.child, this.watch, isBusy, (reason) => {
      this.hang = reason;
      this.child.kill('SIGKILL');
    });
    this.killAtExit = () => this.child.kill('SIGKILL');
    process.once('exit', this.killAtExit);
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-LAST_WORDS_BYTES);
    });
    let settleReady: (info: ModelInfo | Error) => void = () => undefined;
    this.ready = new Promise((resolve, reject) => {
      settleReady = (info) => {
        if (info instanceof Error) reject(info);
        else resolve(info);
      };
    });
    this.ready.catch(() => undefined); // also told to whoever awaits it; a child nobody asked is no crash
    this.gone = new Promise((resolve) => {
      const end = (error: Error): void => {
        this.alive = false;
        this.diedOf = error.message;
        process.removeListener('exit', this.killAtExit);
        settleReady(error);
        for (const { settle } of this.pending.values()) settle(error);
        this.pending.clear();
        resolve();
      };
      this.child.on('error', (cause) => {
        if (this.child.pid !== undefined) return; // a failed kill or send: the close event tells what matters
        end(unstartable(cause));
      });
      this.child.on('close', (code, signal) => {
        const how = this.hang === null ? (signal ?? `exit code ${String(code)}`) : `killed: ${this.hang}`;
        end(new ModelChildDied(how, lastLine(this.lastWords)));
      });
    });
    this.child.on('message', (message: FromModelProcess) => {
      this.watch.progress();
      switch (message.kind) {
        case 'ready':
          this.hasOpened = true;
          this.isOpening = false;
          settleReady(message.info);
          return;
        case 'warning':
          onWarning(message.message);
          return;
        case 'loading':
          onLoading?.(message.done, message.total);
          return;
        case 'stats':
          this.engineStats = message.stats;
          return;
        case 'failed':
          if (message.id === null) {
            this.isOpening = false;
            settleReady(unpackError(message.error));
          } else this.settle(message.id, unpackError(message.error));
          return;
        case 'event':
          this.pending.get(message.id)?.onAnswer(message);
          if (message.event.kind === 'done') this.settle(message.id, null);
          return;
        case 'masks':
          this.pending.get(message.id)?.onAnswer(message);
          this.settle(message.id, null);
      }
    });
    this.send({ kind: 'open', settings });
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /** How it ended, in a sentence; null while it lives. */
  get death(): string | null {
    return this.diedOf;
  }

  get isReady(): boolean {
    return this.alive && this.hasOpened;
  }

  /** Whether it was killed because it hung. */
  get hasHung(): boolean {
    return this.hang !== null;
  }

  /** As told last: at the end of a request or while one ran. */
  get stats(): EngineStats {
    return this.engineStats;
  }

  /** Memory of the process now; null before its first pulse and after its death. */
  get residentBytes(): number | null {
    return this.alive ? (this.watch.last?.residentBytes ?? null) : null;
  }

  /** Runs one request; settles when the process has finished with it, also after a cancel. */
  async run(request: ModelRequest, onEvent: (event: ModelEvent) => void, signal: AbortSignal): Promise<void> {
    const onAnswer = (answer: Answer): void => {
      if (answer.kind === 'event') onEvent(answer.event);
    };
    await this.ask({ kind: 'generate', request }, onAnswer, signal);
  }

  /** Has codes made into masks; settles as `run`. */
  async decodeMasks(codes: readonly (readonly number[])[], signal: AbortSignal): Promise<DecodedMasks> {
    const masks: DecodedMasks[] = [];
    const onAnswer = (answer: Answer): void => {
      if (answer.kind === 'masks') masks.push(answer.masks);
    };
    await this.ask({ kind: 'decode-masks', codes }, onAnswer, signal);
    const [made] = masks;
    if (made !== undefined) return made;
    throw new BugError('model_silent', 'the model process answered without the masks it was asked for');
  }

  private async ask(
    asked: Asked<Exclude<ToModelProcess, { kind: 'cancel' }>>,
    onAnswer: (answer: Answer) => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (!this.alive) throw new ModelChildDied('before the request', '');
    const id = this.nextId++;
    const cancel = (): void => {
      this.send({ kind: 'cancel', id });
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        const settle = (error: Error | null): void => {
          if (error === null) resolve();
          else reject(error);
        };
        this.pending.set(id, { onAnswer, settle });
        this.send({ ...asked, id });
      });
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Asks the process to end, and kills it when it is still there after the grace: a matrix product cannot be interrupted. */
  async stop(graceMs: number): Promise<void> {
    if (!this.alive) return;
    this.send({ kind: 'close' });
    const timer = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    await this.gone;
    clearTimeout(timer);
  }

  private settle(id: number, error: Error | null): void {
    this.pending.get(id)?.settle(error);
    this.pending.delete(id);
  }

  private send(message: ToModelProcess): void {
    // A send to a dead process fails here and as `close`; the latter settles what was pending.
    if (this.child.connected) this.child.send(message, () => undefined);
  }
}

function unstartable(cause: unknown): EnvironmentError {
  return new EnvironmentError(
    'model_process_unstartable',
    `the model process cannot be started (${messageOf(cause)}): check the memory and the process limit`,
    { cause },
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
