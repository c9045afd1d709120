import { defineConfig } from 'vitest/config';

/**
 * Tiers: unit (no I/O), medium (real ffmpeg, real onnxruntime), parity (reference numbers), e2e (the command line, the server), browser (the
 * dashboard in a real Chromium).
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
});
