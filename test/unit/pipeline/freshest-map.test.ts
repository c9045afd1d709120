import { Subject, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { freshestMap } from '../../../src/pipeline/freshest-map.js';
import { TurnQueue } from '../../../src/pipeline/turn-queue.js';
import { settle } from '../source/live/fake-clock.js';

/** Work that ends when the test says so, on items of one source. */
function setUp(turns = new TurnQueue(1)) {
  const source = new Subject<string>();
  const log: string[] = [];
  const works = new Map<string, Subject<string>>();
  const subscription = source
    .pipe(
      freshestMap(
        (signal) => turns.take(signal),
        (item) => {
          log.push(`begin ${item}`);
          const work = new Subject<string>();
          works.set(item, work);
          return work;
        },
        (item) => log.push(`drop ${item}`),
      ),
    )
    .subscribe({
      next: (value) => log.push(`got ${value}`),
      error: (error: unknown) => log.push(`failed ${(error as Error).message}`),
      complete: () => log.push('complete'),
    });
  const finish = async (item: string): Promise<void> => {
    works.get(item)?.next(item.toUpperCase());
    works.get(item)?.complete();
    await settle();
  };
  return { source, log, works, finish, turns, subscription };
}

describe('freshestMap', () => {
  it('completes with an empty source, and after the work on one', async () => {
    const empty = setUp();
    empty.source.complete();
    expect(empty.log).toEqual(['complete']);
    const one = setUp();
    one.source.next('a');
    one.source.complete();
    await settle();
    await one.finish('a');
    expect(one.log).toEqual(['begin a', 'got A', 'complete']);
  });

  it('drops the older window while the model is busy', async () => {
    const { source, log, finish } = setUp();
    source.next('a');
    await settle();
    for (const item of ['b', 'c', 'd']) source.next(item);
    await finish('a');
    await finish('d');
    expect(log).toEqual(['begin a', 'drop b', 'drop c', 'got A', 'begin d', 'got D']);
  });

  it('gives the turn to the newest window, though an older one asked for it', async () => {
    const turns = new TurnQueue(1);
    const giveBack = await turns.take(new AbortController().signal);
    const { source, log } = setUp(turns);
    source.next('a');
    await settle();
    source.next('b');
    giveBack();
    await settle();
    expect(log).toEqual(['drop a', 'begin b']);
  });

  it('lets streams take turns', async () => {
    const turns = new TurnQueue(1);
    const [one, two] = [setUp(turns), setUp(turns)];
    one.source.next('a');
    await settle();
    one.source.next('b');
    two.source.next('x');
    await settle();
    await one.finish('a');
    expect([one.log.at(-1), two.log.at(-1)]).toEqual(['got A', 'begin x']);
    await two.finish('x');
    expect(one.log.at(-1)).toBe('begin b');
  });

  it('works on the waiting window after the source has completed', async () => {
    const { source, log, finish } = setUp();
    source.next('a');
    await settle();
    source.next('b');
    source.complete();
    await finish('a');
    await finish('b');
    expect(log.slice(-3)).toEqual(['begin b', 'got B', 'complete']);
  });

  it('passes errors on and gives the turn back', async () => {
    const turns = new TurnQueue(1);
    const { source, log, works } = setUp(turns);
    source.next('a');
    await settle();
    works.get('a')?.error(new Error('work'));
    await settle();
    expect(log.at(-1)).toBe('failed work');
    const free = await turns.take(new AbortController().signal);
    free();
    const other = setUp();
    other.source.error(new Error('source'));
    expect(other.log).toEqual(['failed source']);
  });

  it('lets go of work, place in the line and turn when the consumer leaves', async () => {
    const turns = new TurnQueue(1);
    const [one, two] = [setUp(turns), setUp(turns)];
    one.source.next('a');
    await settle();
    two.source.next('x');
    await settle();
    two.subscription.unsubscribe();
    await settle();
    expect(turns.waiting).toBe(0);
    one.subscription.unsubscribe();
    await settle();
    expect(one.works.get('a')?.observed).toBe(false);
    (await turns.take(new AbortController().signal))();
  });

  it('passes on what work throws at once', async () => {
    const source = new Subject<string>();
    const errors: unknown[] = [];
    const throwing = () => throwError(() => new Error('at once'));
    source
      .pipe(
        freshestMap(
          () => Promise.resolve(() => undefined),
          throwing,
          () => undefined,
        ),
      )
      .subscribe({ error: (error: unknown) => errors.push(error) });
    source.next('a');
    await settle();
    expect(errors).toEqual([new Error('at once')]);
  });
});

describe('TurnQueue', () => {
  it('gives turns in the order they were asked for, as many at a time as there are', async () => {
    const turns = new TurnQueue(2);
    const { signal } = new AbortController();
    const order: string[] = [];
    const backs: (() => void)[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      void turns.take(signal).then((back) => {
        order.push(name);
        backs.push(back);
      });
    }
    await settle();
    expect(order).toEqual(['a', 'b']);
    backs[0]?.();
    backs[0]?.(); // a second time gives nothing
    await settle();
    expect(order).toEqual(['a', 'b', 'c']);
  });
});
