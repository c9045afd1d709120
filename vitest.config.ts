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
    // Where others share the machine, a real browser or camera may come late once; the report tells what was tried again.
    retry: process.env['CI'] === undefined ? 0 : 1,
    pool: 'forks',
    maxWorkers: 2,
  },
});
