import type { ChildProcess } from 'node:child_process';

/** What the registry needs of `process`, so that tests can stand in for it. */
export interface HostProcess {
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
  listenerCount(event: string): number;
  kill(pid: number, signal: NodeJS.Signals): unknown;
  readonly pid: number;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Owns child processes: none outlives the program, however it ends.
 *
 * `exit` covers a normal end, `process.exit` and an uncaught exception. A signal nobody else listens to
 * would end Node without `exit`, so while children live it is caught, they are killed, and the signal is
 * sent again. Where the program has its own handler, that one decides when to go; the children go at once.
 * A Node that is itself killed outright closes the pipes, and ffmpeg ends at its next write.
 */
export class ChildRegistry {
  readonly #children = new Set<ChildProcess>();
  readonly #host: HostProcess;
  #isSparing = false;
  readonly #killAll = (): void => {
    for (const child of this.#children) child.kill('SIGKILL');
  };
  readonly #handlers = new Map<string, () => void>([
    ['exit', this.#killAll],
    ...SIGNALS.map((signal): [string, () => void] => [
      signal,
      () => {
        this.#onSignal(signal);
      },
    ]),
  ]);

  constructor(host: HostProcess = process) {
    this.#host = host;
  }

  /** From now on the program ends its children itself when it hears a signal: they die with it at the latest. */
  spareOnSignals(): void {
    this.#isSparing = true;
  }

  /** Takes a child in; it leaves by itself when it has ended. */
  adopt(child: ChildProcess): void {
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (this.#children.size === 0) this.#handlers.forEach((run, event) => this.#host.on(event, run));
    this.#children.add(child);
    const release = (): void => {
      this.#release(child);
    };
    child.once('exit', release);
    child.once('error', () => {
      if (child.pid === undefined) release();
    });
  }

  /** How many children live. */
  get size(): number {
    return this.#children.size;
  }

  /** Their numbers. */
  get pids(): readonly number[] {
    return [...this.#children].flatMap(({ pid }) => pid ?? []);
  }

  #release(child: ChildProcess): void {
    if (!this.#children.delete(child) || this.#children.size > 0) return;
    this.#handlers.forEach((run, event) => this.#host.removeListener(event, run));
  }

  #onSignal(signal: NodeJS.Signals): void {
    if (this.#isSparing && this.#host.listenerCount(signal) > 1) return;
    this.#killAll();
    if (this.#host.listenerCount(signal) > 1) return;
    this.#handlers.forEach((run, event) => {
      if (event !== 'exit') this.#host.removeListener(event, run);
    });
    this.#host.kill(this.#host.pid, signal);
  }
}

/** The registry of this process. */
export const childRegistry = new ChildRegistry();
