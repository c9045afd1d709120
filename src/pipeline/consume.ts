import type { Observable } from 'rxjs';
import { CancelledError } from '../shared/errors.js';

/**
 * Hands every value to a function until the stream ends. When the signal fires the stream is unsubscribed, which
 * stops its sources, and CancelledError is thrown. An error of the function ends the stream too.
 */
export function consume<T>(
  stream: Observable<T>,
  take: (value: T) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      signal?.removeEventListener('abort', cancel);
      act();
    };
    const fail = (error: Error): void => {
      settle(() => {
        subscription.unsubscribe();
        reject(error);
      });
    };
    const cancel = (): void => {
      fail(new CancelledError(undefined, { cause: signal?.reason }));
    };
    const subscription = stream.subscribe({
      next: (value) => {
        try {
          take(value);
        } catch (error) {
          // After this turn: the stream may speak before `subscribe` has returned.
          queueMicrotask(() => {
            fail(error as Error);
          });
        }
      },
      error: (error: unknown) => {
        settle(() => {
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      },
      complete: () => {
        settle(resolve);
      },
    });
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  });
}
