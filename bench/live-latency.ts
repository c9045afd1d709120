/**
 * Measures how old captions of live cameras are when they are published, and who gets a turn when there are many:
 * `npx tsx bench/live-latency.ts [--cameras 1] [--fps 25] [--frames 8] [--window 4] [--seconds 60]` (after
 * `npm run build`; Linux).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { liveLatency } from '../test/soak/live-latency.js';

const { values } = parseArgs({
  options: {
    cameras: { type: 'string', default: '1' },
    fps: { type: 'string', default: '25' },
    frames: { type: 'string', default: '8' },
    window: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '60' },
  },
});
const data = await mkdtemp(join(tmpdir(), 'live-latency-'));
try {
  const figures = await liveLatency({
    data,
    cameras: Number(values.cameras),
    framesPerSecond: Number(values.fps),
    framesPerWindow: Number(values.frames),
    windowSeconds: Number(values.window),
    seconds: Number(values.seconds),
  });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  process.exitCode = figures.arrivalMs.p95 <= 1500 ? 0 : 1;
} finally {
  await rm(data, { recursive: true, force: true });
}
