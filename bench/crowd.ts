/**
 * Measures how fast events reach many subscribers when some do not read, and what that costs in memory:
 * `npx tsx bench/crowd.ts [--subscribers 1000] [--deaf 100] [--events 100]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crowd } from '../test/soak/crowd.js';

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '1000' },
    deaf: { type: 'string', default: '100' },
    events: { type: 'string', default: '100' },
  },
});
const folder = await mkdtemp(join(tmpdir(), 'crowd-'));
try {
  const figures = await crowd({
    folder,
    subscribers: Number(values.subscribers),
    deaf: Number(values.deaf),
    events: Number(values.events),
  });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  const isFast = Math.max(figures.calmMs.p99, figures.floodMs.p99) <= 100;
  process.exitCode = isFast && figures.wrongReaders === 0 && figures.cutOff === Number(values.deaf) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
