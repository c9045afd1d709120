import { EMPTY, lastValueFrom, NEVER, type Observable, of, Subject, take, throwError, toArray } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { pullMap } from '../../../src/pipeline/pull-map.js';

/** A source that notes what was asked of it and whether its `finally` was reached. */
function source(items: Iterable<number>, after: () => Promise<void> = () => Promise.resolve()) {
  const log = { asked: 0, finished: false, signal: undefined as AbortSignal | undefined };
  async function* open(signal: AbortSignal) {
    log.signal = signal;
    try {
      for (const item of items) {
        log.asked++;
        yield item;
      }
      log.asked++;
      await after();
    } finally {
      log.finished = true;
    }
  }
  return { open, log };
}

function* count(): Generator<number> {
  for (let i = 0; ; i++) yield i;
}

const never = () => new Promise<void>(() => undefined);
const double = (n: number) => of(2 * n);
const turns = async (n = 20) => {
  for (let i = 0; i < n; i++) await Promise.resolve();
};

describe('pullMap', () => {
  it('gives nothing and does not end when the source never gives', async () => {
    const { open } = source([], never);
    const seen = vi.fn();
    pullMap(open, double).subscribe({ next: seen, error: seen, complete: seen });
    await turns();
    expect(seen).not.toHaveBeenCalled();
  });

  it('completes when the source is empty', async () => {
    expect(await lastValueFrom(pullMap(source([]).open, double).pipe(toArray()))).toEqual([]);
  });

  it('maps one', async () => {
    expect(await lastValueFrom(pullMap(source([4]).open, double).pipe(toArray()))).toEqual([8]);
  });

  it('maps many in order, whatever each gives', async () => {
    const work = (n: number) => (n === 2 ? EMPTY : of(n, -n));
    const all = await lastValueFrom(pullMap(source([1, 2, 3]).open, work).pipe(toArray()));
    expect(all).toEqual([1, -1, 3, -3]);
  });

  it('asks for the next item only after the work on the last has completed', async () => {
    const { open, log } = source(count());
    const work = [new Subject<string>(), new Subject<string>()];
    const seen: string[] = [];
    const subscription = pullMap(open, (n): Observable<string> => work[n] ?? NEVER).subscribe((value) =>
      seen.push(value),
    );
    await turns();
    expect(log.asked).toBe(1);
    work[0]?.next('a');
    await turns();
    expect([seen, log.asked]).toEqual([['a'], 1]);
    work[0]?.complete();
    await turns();
    expect(log.asked).toBe(2);
    subscription.unsubscribe();
  });

  it('passes an error of the source on, after what came before', async () => {
    const { open } = source([1], () => Promise.reject(new Error('torn film')));
    const seen: unknown[] = [];
    await expect(lastValueFrom(pullMap(open, (n) => of(seen.push(n))))).rejects.toThrow('torn film');
    expect(seen).toEqual([1]);
  });

  it('passes an error of the work on and closes the source', async () => {
    const { open, log } = source(count());
    const all = pullMap(open, () => throwError(() => new Error('no answer')));
    await expect(lastValueFrom(all)).rejects.toThrow('no answer');
    expect(log).toMatchObject({ asked: 1, finished: true });
  });

  it('passes what the callbacks throw on and closes the source', async () => {
    const { open, log } = source(count());
    const throwing = pullMap(open, () => {
      throw new Error('a bug in work');
    });
    await expect(lastValueFrom(throwing)).rejects.toThrow('a bug in work');
    expect(log.finished).toBe(true);
    const unopened = pullMap(() => {
      throw new Error('a bug in open');
    }, double);
    await expect(lastValueFrom(unopened)).rejects.toThrow('a bug in open');
  });

  it('stops an endless source when the consumer has enough', async () => {
    const { open, log } = source(count());
    expect(await lastValueFrom(pullMap(open, double).pipe(take(3), toArray()))).toEqual([0, 2, 4]);
    await vi.waitFor(() => {
      expect(log.finished).toBe(true);
    });
    expect(log.asked).toBe(3);
  });

  it('reaches the finally of the source when unsubscribed amid the work', async () => {
    const { open, log } = source(count());
    const stopped = vi.fn();
    const subscription = pullMap(open, (_, signal) => {
      signal.addEventListener('abort', stopped);
      return NEVER;
    }).subscribe();
    await turns();
    subscription.unsubscribe();
    expect(log.signal?.aborted).toBe(true);
    expect(stopped).toHaveBeenCalledOnce();
    await turns();
    expect(log).toMatchObject({ asked: 1, finished: true });
  });

  it('reaches the finally of a source that is waiting and heeds the signal', async () => {
    const closed = vi.fn();
    async function* waiting(signal: AbortSignal) {
      try {
        yield 1;
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        });
      } finally {
        closed();
      }
    }
    const failed = vi.fn();
    const subscription = pullMap(waiting, double).subscribe({ error: failed });
    await turns();
    subscription.unsubscribe();
    await turns();
    expect(closed).toHaveBeenCalledOnce();
    expect(failed).not.toHaveBeenCalled();
  });

  it('opens the source anew for each subscriber, not before', async () => {
    const opened = vi.fn(() => source([1]).open(new AbortController().signal));
    const mapped = pullMap(opened, double);
    expect(opened).not.toHaveBeenCalled();
    await lastValueFrom(mapped);
    await lastValueFrom(mapped);
    expect(opened).toHaveBeenCalledTimes(2);
  });
});
