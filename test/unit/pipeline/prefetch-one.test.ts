import { describe, expect, it } from 'vitest';
import { prefetchOne } from '../../../src/pipeline/prefetch-one.js';

const log = { made: 0, closed: false };
async function* source(upTo: number, error?: Error) {
  log.made = 0;
  log.closed = false;
  try {
    for (let i = 1; i <= upTo; i++) {
      log.made = i;
      yield await Promise.resolve(i);
    }
    if (error !== undefined) throw error;
  } finally {
    log.closed = true;
  }
}

const turns = async (n = 20) => {
  for (let i = 0; i < n; i++) await Promise.resolve();
};

describe('prefetchOne', () => {
  it('gives all in order', async () => {
    const seen: number[] = [];
    for await (const item of prefetchOne(source(5))) seen.push(item);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(log.closed).toBe(true);
  });

  it('makes one item while the consumer is busy, and no second', async () => {
    for await (const item of prefetchOne(source(9))) {
      await turns();
      expect(log.made).toBe(Math.min(item + 1, 9));
    }
  });

  it('tells an error in its place', async () => {
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of prefetchOne(source(2, new Error('torn film')))) {
        await turns();
        seen.push(item);
      }
    })();
    await expect(reading).rejects.toThrow('torn film');
    expect(seen).toEqual([1, 2]);
  });

  it('closes the source when the consumer breaks off', async () => {
    for await (const item of prefetchOne(source(9))) if (item === 2) break;
    expect(log.closed).toBe(true);
    expect(log.made).toBeLessThanOrEqual(3);
  });
});
