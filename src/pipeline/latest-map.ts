import { from, Observable, type ObservableInput, type OperatorFunction, type Subscription } from 'rxjs';

/**
 * Lossy: works on one item, holds only the newest one waiting, tells each it drops.
 *
 * Completes after the work on the last item, the waiting one included. An item that waits when the consumer leaves,
 * or when the source fails, is not told as dropped: nobody is left to hear it.
 */
export function latestMap<T, R>(
  work: (item: T) => ObservableInput<R>,
  onDrop: (item: T) => void,
): OperatorFunction<T, R> {
  return (source) =>
    new Observable<R>((subscriber) => {
      let waiting: { readonly item: T } | null = null;
      let running: Subscription | null = null;
      let isBusy = false;
      let isOver = false;

      const begin = (item: T): void => {
        isBusy = true;
        let result: Observable<R>;
        try {
          result = from(work(item));
        } catch (error) {
          subscriber.error(error);
          return;
        }
        running = result.subscribe({
          next: (value) => {
            subscriber.next(value);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            isBusy = false;
            const next = waiting;
            waiting = null;
            if (next !== null) begin(next.item);
            else if (isOver) subscriber.complete();
          },
        });
        if (subscriber.closed) running.unsubscribe(); // a synchronous result made the consumer leave
      };

      const receiving = source.subscribe({
        next: (item) => {
          if (!isBusy) {
            begin(item);
            return;
          }
          const older = waiting;
          waiting = { item };
          if (older === null) return;
          try {
            onDrop(older.item);
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          isOver = true;
          if (!isBusy) subscriber.complete();
        },
      });
      return () => {
        receiving.unsubscribe();
        running?.unsubscribe();
      };
    });
}
