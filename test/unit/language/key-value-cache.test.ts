import { describe, expect, it } from 'vitest';
import { KeyValueCache } from '../../../src/language/key-value-cache.js';
import { BugError } from '../../../src/shared/errors.js';

const SHAPE = { layers: 2, keyValueHeads: 3, headDim: 4 };

function write(cache: KeyValueCache, rows: number, value: number): void {
  cache.next(rows).forEach(({ keys, values }, layer) => {
    keys.fill(value + layer);
    values.fill(-value - layer);
  });
  cache.commit(rows);
}

describe('KeyValueCache', () => {
  it('writes the next rows right behind the past ones, in the same memory', () => {
    const cache = new KeyValueCache(SHAPE, 5);
    write(cache, 2, 10);
    write(cache, 1, 20);
    const [, second] = cache.past();
    expect(cache.rows).toBe(3);
    expect(Array.from(second?.keys ?? [])).toEqual([
      ...Array<number>(24).fill(11),
      ...Array<number>(12).fill(21),
    ]);
    expect(second?.values[35]).toBe(-21);
    expect(cache.next(2)[1]?.keys.buffer).toBe(second?.keys.buffer);
  });

  it('refuses rows it has no room for', () => {
    const cache = new KeyValueCache(SHAPE, 2);
    write(cache, 2, 1);
    expect(() => cache.next(1)).toThrow(BugError);
  });

  it('forks into a cache that goes on by itself', () => {
    const cache = new KeyValueCache(SHAPE, 4);
    write(cache, 2, 10);
    const fork = cache.fork();
    write(fork, 1, 30);
    write(cache, 1, 20);
    expect(fork.past()[0]?.keys[0]).toBe(10);
    expect(fork.past()[0]?.keys[24]).toBe(30);
    expect(cache.past()[0]?.keys[24]).toBe(20);
  });

  it('takes over the rows behind a common start', () => {
    const cache = new KeyValueCache(SHAPE, 4);
    write(cache, 2, 10);
    const fork = cache.fork();
    write(fork, 2, 30);
    cache.copyFrom(fork, 2);
    expect(cache.rows).toBe(4);
    expect(cache.past()).toEqual(fork.past());
  });

  it('says how much memory it may take', () => {
    expect(new KeyValueCache(SHAPE, 5).byteLength).toBe(2 * 2 * 5 * 3 * 4 * 4);
  });
});
