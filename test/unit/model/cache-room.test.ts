import { describe, expect, it } from 'vitest';
import { cacheRoom } from '../../../src/model/cache-room.js';

const GB = 1e9;
const PALIGEMMA_3B = { layers: 18, keyValueHeads: 1, headDim: 256, maxPositions: 8192 };
const PALIGEMMA_2_10B = { layers: 42, keyValueHeads: 8, headDim: 256, maxPositions: 8192 };

describe('cacheRoom', () => {
  it.each([
    ['a fifth of the memory by the 36,864 bytes of a token', PALIGEMMA_3B, 16 * GB, 86_805],
    ['less of a model whose tokens take 688,128 bytes', PALIGEMMA_2_10B, 64 * GB, 18_601],
    ['the longest sequence, though the memory is short', PALIGEMMA_2_10B, 16 * GB, 8192],
  ])('has room for %s', (_, shape, memory, tokens) => {
    expect(cacheRoom(shape, memory)).toBe(tokens);
  });
});
