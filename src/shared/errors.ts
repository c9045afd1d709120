/** What every error of this project carries; see docs/errors.md for each code. */
export interface ErrorOptions {
  readonly cause?: unknown;
}

/**
 * The base of every error thrown on purpose. The message is one sentence: what is wrong, with which
 * value, and what to do. The code is stable; the classes are cut by what the caller does next.
 */
export abstract class PalistreamError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
  }
}

/** Fix the request: a file, an option or a prompt that cannot be served as it is. CLI exit code 2. */
export class RequestError extends PalistreamError {}

/** A RequestError that was kept as plain data; its code is written out where it was first thrown. */
export function requestErrorAgain({ code, message }: { code: string; message: string }): RequestError {
  return new RequestError(code, message);
}

/** Fix the checkpoint: a model folder that is damaged, incomplete or not PaliGemma. CLI exit code 2. */
export class CheckpointError extends PalistreamError {}

/** Fix the installation: a program, library or permission of this machine is missing. CLI exit code 2. */
export class EnvironmentError extends PalistreamError {}

/** Try again: something outside (a process, a camera, a full queue) failed for now. CLI exit code 1. */
export class RetryableError extends PalistreamError {}

/** Report a bug: the project broke its own rule. CLI exit code 1. */
export class BugError extends PalistreamError {}

/** The caller took the work back. CLI exit code 130. */
export class CancelledError extends PalistreamError {
  constructor(message = 'the work was cancelled', options: ErrorOptions = {}) {
    super('cancelled', message, options);
  }
}

/** Throws CancelledError once the signal has fired; call it between steps of long work. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CancelledError(undefined, { cause: signal.reason });
}

/**
 * The message of anything thrown, for a sentence that quotes it. Node's own error for a host of which no address
 * answers has none, and holds one for each address.
 */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') {
    return thrown.errors.map(messageOf).join(', ');
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}
