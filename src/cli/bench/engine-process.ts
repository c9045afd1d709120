import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { entryBeside } from '../../shared/entry-beside.js';
import { CancelledError } from '../../shared/errors.js';
import type { FromEngine, ToEngine } from './engine-messages.js';

type Answer = Exclude<FromEngine, { kind: 'warning' }>;
type Message<Kind> = Extract<ToEngine, { kind: Kind }>;
type AnswerTo<Kind extends ToEngine['kind']> = Extract<Answer, { kind: AnswerKind[Kind] }>;

/** By what each message is answered. */
interface AnswerKind {
  readonly open: 'opened';
  readonly run: 'ran';
  readonly memory: 'memory';
  readonly close: 'closed';
}

/** After this long without an end a process that was told to close is killed. */
const CLOSE_MS = 10_000;

/** The package of an engine is not installed. */
export class EngineMissing extends Error {}

/**
 * An engine in a process of its own, so that its memory is its own and a fault of it ends nothing else. Whoever
 * starts it closes it.
 */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;
  readonly #onWarning: (message: string) => void;
  readonly #signal: AbortSignal;
  readonly #kill = () => this.#child.kill('SIGKILL');

  constructor(signal: AbortSignal, onWarning: (message: string) => void, environment: NodeJS.ProcessEnv) {
    this.#signal = signal;
    this.#onWarning = onWarning;
    const { entry, execArgv } = entryBeside(import.meta.url, 'engine-child');
    this.#child = fork(entry, [], {
      execArgv: [...execArgv],
      env: environment, // as the model process has it; for every engine alike
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#ended = once(this.#child, 'exit').then(([code, by]: unknown[]) => `${String(code)} ${String(by)}`);
    signal.addEventListener('abort', this.#kill, { once: true });
  }

  /**
   * Says something and gives the answer.
   * @throws EngineMissing, CancelledError, Error with what the engine failed with
   */
  async ask<Kind extends ToEngine['kind']>(message: Message<Kind>): Promise<AnswerTo<Kind>> {
    const answer = await this.#answerTo(message);
    if (answer.kind === 'failed') throw new (answer.isMissing ? EngineMissing : Error)(answer.message);
    return answer as AnswerTo<Kind>;
  }

  /** Lets it give its memory back, then ends it; again does nothing. */
  async close(): Promise<void> {
    const timer = setTimeout(this.#kill, CLOSE_MS);
    try {
      if (this.#child.connected) await this.ask({ kind: 'close' }).catch(() => undefined);
      if (this.#child.connected) this.#child.disconnect();
      await this.#ended;
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', this.#kill);
    }
  }

  async #answerTo(message: ToEngine): Promise<Answer> {
    let hear: (message: FromEngine) => void = () => undefined;
    const answered = new Promise<Answer>((resolve) => {
      hear = (heard) => {
        if (heard.kind === 'warning') this.#onWarning(heard.message);
        else resolve(heard);
      };
      this.#child.on('message', hear);
    });
    const ended = this.#ended.then((how): Answer => {
      if (this.#signal.aborted) throw new CancelledError();
      return { kind: 'failed', message: `its process ended (${how})`, isMissing: false };
    });
    try {
      if (this.#child.connected) this.#child.send(message);
      return await Promise.race([answered, ended]);
    } finally {
      this.#child.off('message', hear);
    }
  }
}
