import { from, Observable, type ObservableInput, type Subscription } from 'rxjs';
import { CancelledError } from '../shared/errors.js';

/** Waits until work may begin; the promise holds how to say that it is done. */
export type TakeTurn = (signal: AbortSignal) => Promise<() => void>;

/**
 * Lossy, as `latestMap`, for work that many streams share: an item waits for a turn, and as long as it waits, or the
 * item before it is worked on, a newer one replaces it. So when the turn comes, the newest item gets it.
 *
 * Completes after the work on the last item, the waiting one included. An item that waits when the consumer leaves is
 * not told as dropped: nobody is left to hear it. The turn is given back however the work ends.
 */
export function freshestMap<T, R>(
  takeTurn: TakeTurn,
  work: (item: T) => ObservableInput<R>,
  onDrop: (item: T) => void,
): (source: Observable<T>) => Observable<R> {
  return (source) =>
    new Observable<R>((subscriber) => {
      const leaving = new AbortController();
      let waiting: { readonly item: T } | null = null;
      let running: Subscription | null = null;
      let isWorking = false;
      let isOver = false;

      /** One item after the other, each when it has a turn, until none waits. */
      const loop = async (): Promise<void> => {
        isWorking = true;
        while (waiting !== null) {
          const giveBack = await takeTurn(leaving.signal);
          try {
            const next = waiting as { readonly item: T } | null;
            waiting = null;
            if (next !== null) await finish(next.item);
          } finally {
            giveBack();
          }
          if (leaving.signal.aborted) return;
        }
        isWorking = false;
        if (isOver) subscriber.complete();
      };

      let leave: () => void = () => undefined;
      const finish = (item: T): Promise<void> =>
        new Promise((resolve, reject) => {
          leave = resolve;
          if (leaving.signal.aborted) {
            resolve();
            return;
          }
          running = from(work(item)).subscribe({
            next: (value) => {
              subscriber.next(value);
            },
            error: reject,
            complete: resolve,
          });
          if (subscriber.closed) running.unsubscribe(); // a synchronous result made the consumer leave
        });

      const receiving = source.subscribe({
        next: (item) => {
          const older = waiting;
          waiting = { item };
          try {
            if (older !== null) onDrop(older.item);
          } catch (error) {
            subscriber.error(error);
            return;
          }
          if (isWorking) return;
          loop().catch((error: unknown) => {
            if (!(leaving.signal.aborted && error instanceof CancelledError)) subscriber.error(error);
          });
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          isOver = true;
          if (!isWorking) subscriber.complete();
        },
      });
      return () => {
        receiving.unsubscribe();
        running?.unsubscribe();
        leaving.abort();
        leave();
      };
    });
}
