/**
 * Kills the model process, ffmpeg and the server at random moments, and shows whether anything was lost or doubled:
 * `npx tsx bench/kill-at-random.ts [--seed 1] [--jobs 20] [--streams 3] [--server-kills 5]` (after `npm run build`;
 * Linux).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killAtRandom } from '../test/soak/kill-at-random.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '20' },
    streams: { type: 'string', default: '3' },
    'server-kills': { type: 'string', default: '5' },
    timeout: { type: 'string', default: '1200' },
  },
});
const data = await mkdtemp(join(tmpdir(), 'kill-at-random-'));
try {
  const figures = await killAtRandom({
    data,
    seed: Number(values.seed),
    jobs: Number(values.jobs),
    streams: Number(values.streams),
    serverKills: Number(values['server-kills']),
    timeoutSeconds: Number(values.timeout),
    onKill: (what) => {
      process.stdout.write(`${what}\n`);
    },
  });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  process.exitCode = figures.wrong.length === 0 ? 0 : 1;
} finally {
  await rm(data, { recursive: true, force: true });
}
