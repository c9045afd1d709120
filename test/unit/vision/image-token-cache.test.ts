import { describe, expect, it } from 'vitest';
import { ImageTokenCache } from '../../../src/vision/image-token-cache.js';

const tokens = (numbers: number) => new Float32Array(numbers);

describe('ImageTokenCache', () => {
  it('forgets the least recently used first, and only as many as needed', () => {
    const cache = new ImageTokenCache(3 * 40);
    for (const key of ['a', 'b', 'c']) cache.set(key, tokens(10));
    cache.get('a');
    cache.set('d', tokens(10));
    expect(cache.get('b')).toBeUndefined();
    for (const key of ['a', 'c', 'd']) expect(cache.get(key)).toHaveLength(10);
    expect(cache.byteLength).toBe(120);
  });

  it('counts a key that is set twice once', () => {
    const cache = new ImageTokenCache(100);
    cache.set('a', tokens(10));
    cache.set('a', tokens(20));
    expect(cache.byteLength).toBe(80);
  });

  it('does not throw everything out for one that can never fit', () => {
    const cache = new ImageTokenCache(100);
    cache.set('a', tokens(10));
    cache.set('giant', tokens(26));
    expect(cache.get('giant')).toBeUndefined();
    expect(cache.get('a')).toBeDefined();
  });

  it('keeps nothing in no bytes', () => {
    const cache = new ImageTokenCache(0);
    cache.set('a', tokens(1));
    expect(cache.get('a')).toBeUndefined();
  });
});
