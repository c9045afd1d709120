import { map, of, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { latestMap } from '../../../src/pipeline/latest-map.js';

/** Marbles: one frame is one millisecond; the work on an item takes `workMs`. */
function marbles(
  source: string,
  expected: string,
  {
    workMs = 3,
    drops = '',
    unsubscribe = undefined as string | undefined,
    subscription = undefined as string | undefined,
  } = {},
) {
  const dropped: string[] = [];
  new TestScheduler((actual, wanted) => {
    expect(actual).toEqual(wanted);
  }).run(({ hot, expectObservable, expectSubscriptions }) => {
    const items = hot(source);
    const work = (item: string) => timer(workMs).pipe(map(() => item.toUpperCase()));
    expectObservable(items.pipe(latestMap(work, (item) => dropped.push(item))), unsubscribe).toBe(expected);
    if (subscription !== undefined) expectSubscriptions(items.subscriptions).toBe(subscription);
  });
  expect(dropped.join('')).toBe(drops);
}

describe('latestMap', () => {
  it('gives nothing when the source never gives', () => {
    marbles('-', '-');
  });

  it('completes when the source is empty', () => {
    marbles('--|', '--|');
  });

  it('maps one, and completes after it', () => {
    marbles('a|', '---(A|)');
  });

  it('maps many that come slower than the work', () => {
    marbles('a---b---c---|', '---A---B---C|');
  });

  it('drops the older item while it is busy, and tells it', () => {
    marbles('abcd----|', '---A--D-|', { drops: 'bc' });
  });

  it('works on the waiting item after the source has completed', () => {
    marbles('ab|', '---A--(B|)');
  });

  it('keeps up with an endless source by dropping', () => {
    marbles('abcdefghijkl', '---A--D--G--', { drops: 'bcefhik', unsubscribe: '------------!' });
  });

  it('passes an error of the source on at once', () => {
    marbles('ab#', '--#');
  });

  it('unsubscribes from the source and stops the work when the consumer leaves', () => {
    marbles('ab------', '--', { unsubscribe: '--!', subscription: '^-!' });
  });

  it('passes an error of the work on and leaves the source', () => {
    new TestScheduler((actual, wanted) => {
      expect(actual).toEqual(wanted);
    }).run(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const items = hot('a----b');
      expectObservable(
        items.pipe(
          latestMap(
            () => cold('--#'),
            () => undefined,
          ),
        ),
      ).toBe('--#');
      expectSubscriptions(items.subscriptions).toBe('^-!');
    });
  });

  it('passes what a callback throws on', () => {
    const bug = () => {
      throw new Error('bug');
    };
    new TestScheduler((actual, wanted) => {
      expect(actual).toEqual(wanted);
    }).run(({ hot, cold, expectObservable }) => {
      expectObservable(hot('-a').pipe(latestMap(bug, () => undefined))).toBe('-#', {}, new Error('bug'));
      expectObservable(hot('abc').pipe(latestMap(() => cold('-----x'), bug))).toBe(
        '--#',
        {},
        new Error('bug'),
      );
    });
  });

  it('works through synchronous results one after the other', () => {
    const seen: number[] = [];
    of(1, 2, 3)
      .pipe(
        latestMap(
          (n) => of(n),
          () => undefined,
        ),
      )
      .subscribe((n) => seen.push(n));
    expect(seen).toEqual([1, 2, 3]);
  });
});
