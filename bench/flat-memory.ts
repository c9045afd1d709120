/**
 * Runs the server for a while with cameras that die and come back and subscribers that are cut off, and shows its
 * memory: `npx tsx bench/flat-memory.ts [--minutes 30] [--warmup 10] [--seed 1]` (after `npm run build`; Linux).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { flatMemory } from '../test/soak/flat-memory.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    warmup: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
const data = await mkdtemp(join(tmpdir(), 'flat-memory-'));
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
try {
  process.stdout.write('| minute | server MB | model MB | processes |\n|---:|---:|---:|---:|\n');
  const figures = await flatMemory({
    data,
    minutes: Number(values.minutes),
    warmupMinutes: Number(values.warmup),
    seed: Number(values.seed),
    onSample: ({ minute, serverBytes, modelBytes, processes }) => {
      const cells = [minute.toFixed(2), megabytes(serverBytes), megabytes(modelBytes), processes];
      process.stdout.write(`| ${cells.join(' | ')} |\n`);
    },
  });
  const { samples, ...rest } = figures;
  process.stdout.write(`${JSON.stringify({ ...rest, samples: samples.length }, null, 2)}\n`);
  const isFlat = Math.max(figures.serverGrowth, figures.modelGrowth) <= 0.05;
  process.exitCode = isFlat && figures.brokenTopics.length === 0 ? 0 : 1;
} finally {
  await rm(data, { recursive: true, force: true });
}
