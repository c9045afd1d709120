import { openAsBlob } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { Random } from '../../training/world/random.js';
import { FlakyCamera } from './flaky-camera.js';
import { Follower } from './follower.js';
import { askServer, watchSource } from './http.js';
import { quantile } from './quantile.js';
import { Served } from './served.js';

export interface FlatMemoryOptions {
  readonly data: string;
  readonly minutes: number;
  /** What comes before is warming up, and is not compared. */
  readonly warmupMinutes: number;
  readonly seed: number;
  readonly onSample?: (sample: MemorySample) => void;
}

export interface MemorySample {
  readonly minute: number;
  readonly serverBytes: number;
  readonly modelBytes: number;
  /** Children that run: ffmpeg, ffprobe and the model process. */
  readonly processes: number;
}

export interface FlatMemoryFigures {
  /** From the first quarter after the warm-up to the last one, medians; 0.05 is five hundredths more. */
  readonly serverGrowth: number;
  readonly modelGrowth: number;
  readonly samples: readonly MemorySample[];
  readonly mostProcesses: number;
  readonly cameraDeaths: number;
  readonly reconnections: number;
  readonly events: number;
  readonly jobs: number;
  readonly questions: number;
  /** Topics in whose numbers there was a hole or a repetition. */
  readonly brokenTopics: readonly string[];
  readonly stderr: string;
  readonly load: number;
}

const CAMERAS = 3;
const FOLLOWERS = 6;
const SAMPLE_MS = 5000;
/** So little that it is full when the warm-up is over. */
const IMAGE_CACHE_MB = '32';
const PLAN = { frames: 4, window_seconds: 2, max_new_tokens: 16 };

/**
 * Runs the real server with cameras that die and come back, subscribers that are cut off and resume, questions and
 * videos, and looks whether its memory grows.
 */
export async function flatMemory(options: FlatMemoryOptions): Promise<FlatMemoryFigures> {
  const { data, minutes, warmupMinutes, seed } = options;
  const random = new Random(seed);
  const server = await Served.start({ data, env: { PALISTREAM_IMAGE_CACHE_MB: IMAGE_CACHE_MB } });
  const cameras: FlakyCamera[] = [];
  const followers: Follower[] = [];
  const samples: MemorySample[] = [];
  let jobs = 0;
  let questions = 0;
  try {
    const topics: string[] = [];
    for (let i = 0; i < CAMERAS; i++) {
      const camera = await FlakyCamera.start(random, { aliveSeconds: 25, deadSeconds: 3 });
      cameras.push(camera);
      topics.push(await watchSource(server.url, camera.url, PLAN));
    }
    for (let i = 0; i < FOLLOWERS; i++)
      followers.push(new Follower(() => server.url, topics[i % CAMERAS] ?? ''));
    const begun = performance.now();
    const minute = (): number => (performance.now() - begun) / 60_000;
    for (let round = 1; minute() < minutes; round++) {
      await setTimeout(SAMPLE_MS);
      const sample = {
        minute: minute(),
        serverBytes: server.residentBytes('server') ?? NaN,
        modelBytes: server.residentBytes('model') ?? NaN,
        processes: server.processes().length,
      };
      samples.push(sample);
      options.onSample?.(sample);
      random.pick(followers).cut();
      if (round % 2 === 0 && (await ask(server.url, random.pick(topics)))) questions++;
      if (round % 6 === 0) jobs += await uploadAndDelete(server.url);
    }
  } finally {
    for (const follower of followers) follower.close();
    for (const camera of cameras) await camera.stop();
  }
  const stderr = await server.stop();
  const warm = samples.filter(({ minute }) => minute >= warmupMinutes);
  return {
    serverGrowth: growth(warm.map(({ serverBytes }) => serverBytes)),
    modelGrowth: growth(warm.map(({ modelBytes }) => modelBytes)),
    samples,
    mostProcesses: Math.max(...samples.map(({ processes }) => processes)),
    cameraDeaths: cameras.reduce((sum, { deaths }) => sum + deaths, 0),
    reconnections: followers.reduce((sum, { connections }) => sum + connections - 1, 0),
    events: followers.reduce((sum, { kept }) => sum + kept.length, 0),
    jobs,
    questions,
    brokenTopics: followers
      .filter(({ kept }) => kept.some(({ seq }, i) => seq !== i + 1))
      .map(({ topic }) => topic),
    stderr,
    load: loadavg()[0] ?? 0,
  };
}

/** How much more the median of the last quarter is than that of the first. */
function growth(values: readonly number[]): number {
  const quarter = Math.max(1, Math.floor(values.length / 4));
  return quantile(values.slice(-quarter), 0.5) / quantile(values.slice(0, quarter), 0.5) - 1;
}

/** A question, whether it is answered or the camera is away. */
async function ask(url: string, topic: string): Promise<boolean> {
  const question = { question: 'what is there?', max_new_tokens: 8 };
  return askServer(`${url}/v1/${topic}/ask`, question).then(
    () => true,
    () => false,
  );
}

/** Uploads a video, waits for its job and deletes it. */
async function uploadAndDelete(url: string): Promise<number> {
  const form = new FormData();
  form.set('plan', JSON.stringify({ tasks: [{ task: 'captions', window_seconds: 2, frames: 2 }] }));
  form.set('file', await openAsBlob('samples/dog-chases-cat.mp4'), 'dog.mp4');
  const video = await askServer(`${url}/v1/videos`, form);
  const { id: job } = video['job'] as { id: string };
  for (let tries = 0; tries < 600; tries++) {
    const { state } = await askServer(`${url}/v1/jobs/${job}`);
    if (state === 'done' || state === 'failed') break;
    await setTimeout(100);
  }
  await askServer(`${url}/v1/videos/${String(video['id'])}`, undefined, 'DELETE');
  return 1;
}
