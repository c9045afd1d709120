import { catchError, type MonoTypeOperatorFunction, of, throwError } from 'rxjs';
import { RetryableError } from '../shared/errors.js';
import type { ClipSpan, PipelineEvent } from './events.js';

/**
 * A RetryableError (the model process died over this clip) becomes an `error` event, so that the next clip gets its
 * chance; anything else would come back with every clip and ends the stream.
 */
export function clipErrors(prompt: string, span: ClipSpan): MonoTypeOperatorFunction<PipelineEvent> {
  return catchError((error: unknown) =>
    error instanceof RetryableError
      ? of({ kind: 'error', code: error.code, message: error.message, prompt, ...span } as const)
      : throwError(() => error),
  );
}
