import { defineConfig } from 'vitest/config';

/** Tiers: unit (no I/O), medium (real ffmpeg, real onnxruntime), parity (reference numbers), e2e (the command line). */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
