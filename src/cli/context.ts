import type { Config } from '../config.js';

/** What every command works with. */
export interface CliContext {
  readonly config: Config;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Fires on Ctrl-C and its like. */
  readonly signal: AbortSignal;
  /** Says how long the end may take after `signal` before it is forced. */
  readonly allowEnd?: (milliseconds: number) => void;
  /** Address of another engine module than the model's own, for tests. */
  readonly engine?: string;
}
