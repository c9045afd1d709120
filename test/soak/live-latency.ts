import { loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { mjpegServer, type Publisher } from '../medium/source/live/publishers.js';
import { Follower } from './follower.js';
import { askServer, watchSource } from './http.js';
import { quantile } from './quantile.js';
import { Served } from './served.js';

export interface LatencyOptions {
  readonly data: string;
  readonly cameras: number;
  readonly framesPerSecond: number;
  readonly framesPerWindow: number;
  readonly windowSeconds: number;
  readonly seconds: number;
}

export interface CameraCounts {
  readonly windows: number;
  readonly looked: number;
  readonly dropped: number;
  /** Sum of what `dropped` events have told. */
  readonly toldDropped: number;
}

export interface LatencyFigures {
  readonly captions: number;
  /** Milliseconds from the capture of a window's last frame until its caption is published, as the event says. */
  readonly totalMs: { readonly p50: number; readonly p95: number; readonly most: number };
  /** The same until a subscriber has it. */
  readonly arrivalMs: { readonly p50: number; readonly p95: number; readonly most: number };
  readonly cameras: readonly CameraCounts[];
  readonly serverBytes: { readonly first: number; readonly last: number };
  readonly load: number;
}

/** So long a model that has just been opened may take to answer as fast as it can. */
const WARMUP_MS = 5000;

/** Watches Motion JPEG cameras with the real server and the bundled model, and takes the time of its captions. */
export async function liveLatency(options: LatencyOptions): Promise<LatencyFigures> {
  const server = await Served.start({ data: options.data });
  const cameras: Publisher[] = [];
  const followers: Follower[] = [];
  const totals: number[] = [];
  const arrivals: number[] = [];
  const plan = { frames: options.framesPerWindow, window_seconds: options.windowSeconds, max_new_tokens: 16 };
  let isWarm = false;
  try {
    for (let i = 0; i < options.cameras; i++) {
      const camera = await mjpegServer(0, options.framesPerSecond);
      cameras.push(camera);
      const topic = await watchSource(server.url, camera.url, plan);
      followers.push(
        new Follower(
          () => server.url,
          topic,
          ({ event }, receivedMs) => {
            if (!isWarm || event?.['kind'] !== 'caption') return;
            totals.push((event['timing_ms'] as { total: number }).total);
            arrivals.push(receivedMs - Date.parse(String(event['captured_at'])));
          },
          null,
        ),
      );
    }
    await followers[0]?.until(
      'a caption',
      ({ kept }) => kept.some(({ event }) => event?.['kind'] === 'caption'),
      180_000,
    );
    await setTimeout(WARMUP_MS);
    isWarm = true;
    const first = server.residentBytes('server') ?? NaN;
    await setTimeout(options.seconds * 1000);
    const last = server.residentBytes('server') ?? NaN;
    const counts: CameraCounts[] = [];
    for (const { topic } of followers) {
      await askServer(`${server.url}/v1/${topic}/stop`, {});
      counts.push(await countsOf(server.url, topic));
    }
    return {
      captions: totals.length,
      totalMs: spread(totals),
      arrivalMs: spread(arrivals),
      cameras: counts,
      serverBytes: { first, last },
      load: loadavg()[0] ?? 0,
    };
  } finally {
    for (const follower of followers) follower.close();
    await server.stop();
    for (const camera of cameras) await camera.stop();
  }
}

/** What the topic of a stream that has been stopped says of its windows, from the first on. */
async function countsOf(url: string, topic: string): Promise<CameraCounts> {
  const all = new Follower(() => url, topic);
  try {
    await all.until('its end', ({ kept }) => kept.some(({ event }) => event?.['state'] === 'ended'));
  } finally {
    all.close();
  }
  const of = (kind: string) => all.kept.flatMap(({ event }) => (event?.['kind'] === kind ? [event] : []));
  const clips = of('caption').map((event) => Number(event['clip']));
  const drops = of('dropped');
  return {
    windows: Math.max(0, ...clips) + 1,
    looked: clips.length,
    dropped: Number(drops.at(-1)?.['total_windows'] ?? 0),
    toldDropped: drops.reduce((sum, event) => sum + Number(event['windows']), 0),
  };
}

function spread(values: readonly number[]): { p50: number; p95: number; most: number } {
  return { p50: quantile(values, 0.5), p95: quantile(values, 0.95), most: quantile(values, 1) };
}
