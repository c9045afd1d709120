import {
  BugError,
  CancelledError,
  CheckpointError,
  EnvironmentError,
  messageOf,
  PalistreamError,
  RequestError,
  RetryableError,
} from '../shared/errors.js';

/** An error as plain data, so that its class and code survive a process boundary. */
export interface CarriedError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** Where it was thrown, for a bug report. */
  readonly stack: string;
}

const CLASSES = { RequestError, CheckpointError, EnvironmentError, RetryableError, BugError } as const;

/** Makes an error ready for the other side; anything not thrown on purpose is a bug of the model process. */
export function packError(thrown: unknown): CarriedError {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  if (thrown instanceof PalistreamError) {
    return { name: thrown.name, code: thrown.code, message: thrown.message, stack };
  }
  return { name: 'BugError', code: 'model_failed', message: messageOf(thrown), stack };
}

/** The error that was packed: same class, same code, the other side's stack as its cause. */
export function unpackError(carried: CarriedError): PalistreamError {
  const cause = new Error(carried.message);
  cause.stack = carried.stack;
  if (carried.name === 'CancelledError') return new CancelledError(carried.message, { cause });
  const Class = Object.entries(CLASSES).find(([name]) => name === carried.name)?.[1];
  if (Class === undefined || carried.code === 'model_failed') {
    return new BugError(
      'model_failed',
      `the model failed in a way nobody foresaw (${carried.message}): report it with PALISTREAM_DEBUG=1`,
      { cause },
    );
  }
  return new Class(carried.code, carried.message, { cause });
}
