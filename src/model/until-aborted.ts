import { CancelledError } from '../shared/errors.js';

/**
 * Waits for work, but no longer than until the signal fires; the work itself goes on and its end is not told.
 * @throws CancelledError
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let tell: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    tell = () => {
      reject(new CancelledError(undefined, { cause: signal.reason }));
    };
    signal.addEventListener('abort', tell, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', tell);
  }
}
