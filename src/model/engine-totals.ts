import type { EngineStats } from './model-stats.js';

export const NO_ENGINE_STATS: EngineStats = {
  vision: {
    passes: 0,
    frames: 0,
    batchSizes: {},
    cache: { hits: 0, misses: 0, reused: 0, bytes: 0, maxBytes: 0, entries: 0 },
  },
  decoder: { runs: 0 },
};

/** What earlier lives of the process did and what this one has done; what is held is what this one holds. */
export function engineTotals(earlier: EngineStats, now: EngineStats): EngineStats {
  const batchSizes: Record<number, number> = { ...earlier.vision.batchSizes };
  for (const [size, count] of Object.entries(now.vision.batchSizes))
    batchSizes[Number(size)] = (batchSizes[Number(size)] ?? 0) + count;
  const [before, after] = [earlier.vision.cache, now.vision.cache];
  return {
    vision: {
      passes: earlier.vision.passes + now.vision.passes,
      frames: earlier.vision.frames + now.vision.frames,
      batchSizes,
      cache: {
        ...after,
        hits: before.hits + after.hits,
        misses: before.misses + after.misses,
        reused: before.reused + after.reused,
      },
    },
    decoder: { runs: earlier.decoder.runs + now.decoder.runs },
  };
}
