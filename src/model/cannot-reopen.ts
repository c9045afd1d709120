import { messageOf, RetryableError } from '../shared/errors.js';

/**
 * What a model that has been open before, and now cannot be opened, is to whoever asks: memory or a disk is short for a
 * while. So it is tried again, unlike one that has never been open.
 */
export function cannotReopen(error: unknown): RetryableError {
  if (error instanceof RetryableError) return error;
  return new RetryableError(
    'model_process_died',
    `the model process died, and its model cannot be opened again now (${messageOf(error)}): try again in a while`,
    { cause: error },
  );
}
