import { openAsBlob } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { Random } from '../../training/world/random.js';
import { FlakyCamera } from './flaky-camera.js';
import { Follower } from './follower.js';
import { askServer, watchSource } from './http.js';
import { Served } from './served.js';
import { wrongNumbers } from './wrong-numbers.js';

export interface KillOptions {
  readonly data: string;
  readonly seed: number;
  readonly jobs: number;
  readonly streams: number;
  /** How often the server itself is killed; model processes and ffmpeg are killed in between. */
  readonly serverKills: number;
  readonly onKill?: (what: string) => void;
  /** What is not over by then has failed. */
  readonly timeoutSeconds: number;
}

export interface KillFigures {
  readonly kills: Readonly<Record<'server' | 'model' | 'ffmpeg', number>>;
  readonly jobStates: Readonly<Record<string, number>>;
  readonly events: number;
  readonly seconds: number;
  /** What does not hold, in words. */
  readonly wrong: readonly string[];
  readonly load: number;
}

const PLAN = { frames: 2, window_seconds: 1, max_new_tokens: 8 };
const VIDEO_PLAN = { tasks: [{ task: 'captions', window_seconds: 1, frames: 2 }] };

/**
 * Kills the model process, ffmpeg and the server at random moments while it works on videos and streams, and looks
 * whether every job gets done, every event comes once and every number holds. Which is killed when depends on the seed;
 * what it was at, on the machine too.
 */
export async function killAtRandom(options: KillOptions): Promise<KillFigures> {
  const { data, seed, serverKills, onKill = () => undefined } = options;
  const begun = Date.now();
  const random = new Random(seed);
  const kills = { server: 0, model: 0, ffmpeg: 0 };
  let server = await Served.start({ data });
  const openSeconds = await secondsUntilReady(server.url, begun); // a slow machine gets more time between kills
  const { port } = server;
  const url = (): string => `http://127.0.0.1:${port}`;
  const cameras: FlakyCamera[] = [];
  const followers: Follower[] = [];
  const wrong: string[] = [];
  const jobStates: Record<string, number> = {};
  const isOver = (): boolean => (Date.now() - begun) / 1000 > options.timeoutSeconds;

  const killOne = async (): Promise<void> => {
    const left = serverKills - kills.server;
    const what = left > 0 && random.chance(0.3) ? 'server' : random.pick(['model', 'ffmpeg'] as const);
    if (what === 'server') {
      await server.kill();
      server = await Served.start({ data, port });
    } else {
      const found = server.processes().filter(({ role }) => role === what);
      if (found.length === 0) return;
      kill(random.pick(found).pid);
    }
    kills[what]++;
    onKill(`${((Date.now() - begun) / 1000).toFixed(1)} s: ${what}`);
  };

  try {
    const streams: Follower[] = [];
    for (let i = 0; i < options.streams; i++) {
      const camera = await FlakyCamera.start(random, { aliveSeconds: Infinity, deadSeconds: 0 });
      cameras.push(camera);
      streams.push(new Follower(url, await watchSource(url(), camera.url, PLAN)));
    }
    const jobs = new Map<string, Follower>();
    for (let i = 0; i < options.jobs; i++) {
      const video = await uploadVideo(url());
      jobs.set(video.job, new Follower(url, video.topic));
    }
    followers.push(...streams, ...jobs.values());
    const isDone = ({ kept }: Follower): boolean =>
      kept.some(({ event }) => event?.['kind'] === 'state' && OVER.has(String(event['state'])));
    const hasAll = (): boolean => [...jobs.values()].every(isDone) && kills.server >= serverKills;
    while (!hasAll() && !isOver()) {
      await setTimeout(1000 * openSeconds * random.between(0.2, 3));
      await killOne();
    }
    if (!hasAll()) wrong.push(`not all was over after ${options.timeoutSeconds} s`);
    for (const follower of streams) {
      const before = follower.kept.length;
      await follower
        .until(
          'a caption after the last kill',
          ({ kept }) => kept.slice(before).some(({ event }) => event?.['kind'] === 'caption'),
          180_000,
        )
        .catch((error: unknown) => wrong.push(String(error)));
    }
    for (const [job, follower] of jobs) {
      const { state, error } = await askServer(`${url()}/v1/jobs/${job}`);
      jobStates[String(state)] = (jobStates[String(state)] ?? 0) + 1;
      if (state !== 'done') wrong.push(`job ${job} is ${String(state)}: ${JSON.stringify(error)}`);
      const clips = follower.kept.flatMap(({ event }) =>
        event?.['kind'] === 'caption' ? [event['clip']] : [],
      );
      if (clips.length === 0 || clips.some((clip, i) => clip !== i))
        wrong.push(`${follower.topic} has the clips ${clips.join()}`);
    }
    for (const follower of followers) wrong.push(...(await wrongNumbers(url, follower)));
    for (const follower of streams) wrong.push(...backwards(follower));
  } finally {
    for (const follower of followers) follower.close();
    await server.stop();
    for (const camera of cameras) await camera.stop();
  }
  const events = followers.reduce((sum, { kept }) => sum + kept.length, 0);
  return { kills, jobStates, events, seconds: (Date.now() - begun) / 1000, wrong, load: loadavg()[0] ?? 0 };
}

async function secondsUntilReady(url: string, begunMs: number): Promise<number> {
  for (let tries = 0; tries < 1200; tries++) {
    if ((await fetch(`${url}/health/ready`)).ok) break;
    await setTimeout(100);
  }
  return (Date.now() - begunMs) / 1000;
}

const OVER: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled']);

async function uploadVideo(url: string): Promise<{ topic: string; job: string }> {
  const form = new FormData();
  form.set('plan', JSON.stringify(VIDEO_PLAN));
  form.set('file', await openAsBlob('samples/dog-chases-cat.mp4'), 'dog.mp4');
  const { id, job } = await askServer(`${url}/v1/videos`, form);
  return { topic: `videos/${String(id)}`, job: (job as { id: string }).id };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

/** Whether the windows of a stream were captured in another order than they were told, servers that died included. */
function backwards({ topic, kept }: Follower): string[] {
  const times = kept.flatMap(({ event }) =>
    event?.['kind'] === 'caption' ? [Date.parse(String(event['captured_at']))] : [],
  );
  const at = times.findIndex((time, i) => i > 0 && time < (times[i - 1] ?? 0));
  return at === -1 ? [] : [`${topic}: the caption ${at} was captured before the one before it`];
}
