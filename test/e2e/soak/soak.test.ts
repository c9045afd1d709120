import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { crowd } from '../../soak/crowd.js';
import { flatMemory } from '../../soak/flat-memory.js';
import { killAtRandom } from '../../soak/kill-at-random.js';
import { liveLatency } from '../../soak/live-latency.js';

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The short forms of the scripts in bench/, see docs/resilience.md; what takes time is measured there. */
describe.skipIf(process.platform !== 'linux')('the whole server', () => {
  it(
    'gets every job done and every event told once when its processes are killed',
    { timeout: 600_000 },
    async () => {
      const data = join(folder, 'kill');
      const figures = await killAtRandom({
        ...{ data, seed: 7, jobs: 3, streams: 1, serverKills: 1, timeoutSeconds: 400 },
      });
      expect(figures.wrong).toEqual([]);
      expect(figures.jobStates).toEqual({ done: 3 });
    },
  );

  it('gives every one of eight cameras its turn, and tells what it drops', { timeout: 400_000 }, async () => {
    const figures = await liveLatency({
      ...{ data: join(folder, 'cameras'), cameras: 8, framesPerSecond: 25 },
      ...{ framesPerWindow: 8, windowSeconds: 0.4, seconds: 8 },
    });
    const looked = figures.cameras.map((camera) => camera.looked);
    expect(Math.min(...looked)).toBeGreaterThan(0);
    expect(Math.max(...looked)).toBeLessThanOrEqual(2 * Math.min(...looked) + 3);
    for (const camera of figures.cameras) expect(camera.toldDropped).toBe(camera.dropped);
    expect(figures.cameras.some(({ dropped }) => dropped > 0)).toBe(true);
  });

  it(
    'keeps its memory, topics and processes in bounds while cameras and clients come and go',
    { timeout: 300_000 },
    async () => {
      const data = join(folder, 'memory');
      const figures = await flatMemory({ data, minutes: 0.8, warmupMinutes: 0.4, seed: 3 });
      expect(figures.brokenTopics).toEqual([]);
      expect(figures.cameraDeaths).toBeGreaterThan(0);
      expect(figures.reconnections).toBeGreaterThan(3);
      expect(figures.mostProcesses).toBeLessThanOrEqual(1 + 1 + 3 + 2); // server, model, cameras, what a job reads with
      expect(figures.serverGrowth).toBeLessThan(0.5); // frames are still being gathered for questions
    },
  );
});

it(
  'keeps a thousand subscribers from waiting for a hundred that do not read',
  { timeout: 300_000 },
  async () => {
    const figures = await crowd({ folder, subscribers: 1000, deaf: 100, events: 20 });
    const { connected, most } = figures.residentBytes;
    expect({ wrong: figures.wrongReaders, cutOff: figures.cutOff }).toEqual({ wrong: 0, cutOff: 100 });
    expect(most - connected).toBeLessThan(150e6); // a hundred megabytes may wait for the deaf
  },
);
