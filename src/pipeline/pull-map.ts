import { from, Observable, type ObservableInput, type Subscription } from 'rxjs';

/**
 * Lossless: asks for the next item only after the work on the last one has completed.
 *
 * rxjs's own `concatMap(from(asyncIterable))` reads ahead without bound, and unsubscribing never reaches the
 * generator's `finally`. Here unsubscribing aborts the signal at once, and the source's `return` is called as soon
 * as its `next` has settled. The source is also returned when the work fails or throws.
 */
export function pullMap<T, R>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  work: (item: T, signal: AbortSignal) => ObservableInput<R>,
): Observable<R> {
  return new Observable<R>((subscriber) => {
    const controller = new AbortController();
    const { signal } = controller;
    let running: Subscription | undefined;
    let leave: () => void = () => undefined;

    const finish = (item: T): Promise<void> =>
      new Promise((resolve, reject) => {
        leave = resolve;
        running = from(work(item, signal)).subscribe({
          next: (result) => {
            subscriber.next(result);
          },
          error: reject,
          complete: resolve,
        });
        if (subscriber.closed) running.unsubscribe(); // a synchronous result made the consumer leave
      });

    const pull = async (): Promise<void> => {
      for await (const item of open(signal)) {
        if (subscriber.closed) return;
        await finish(item);
        if (signal.aborted) return;
      }
    };

    pull().then(
      () => {
        subscriber.complete();
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      controller.abort();
      running?.unsubscribe();
      leave();
    };
  });
}
