import type { Log } from '../../shared/log.js';

/** What Nest calls to log; it asks for no more than this shape. */
export interface NestLog {
  log(message: unknown): void;
  error(message: unknown): void;
  warn(message: unknown): void;
}

/** Nest's own words in the log of the server: what it says beside warnings and errors is of no use to anybody. */
export function nestLog(log: Log): NestLog {
  return {
    log: () => undefined,
    error: (message) => {
      log.error({ from: 'nest' }, String(message));
    },
    warn: (message) => {
      log.warn({ from: 'nest' }, String(message));
    },
  };
}
