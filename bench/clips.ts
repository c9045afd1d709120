/**
 * The bundled model in its own process, as the server runs it: how long a caption of an 8-frame clip takes, and what
 * questions on one clip gain when they are asked at once.
 * `npx tsx bench/clips.ts [--model models/nano] [--precision auto] [--rounds 15] [--threads 2] [--frames 8]`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PRECISIONS } from '../src/model/choose-precision.js';
import { openModelProcess } from '../src/model/model-process.js';
import type { ModelProcess } from '../src/model/model-process.js';
import type { ModelRequest } from '../src/model/model.js';
import { Random } from '../training/world/random.js';
import { sceneRequests } from './precision/scene-requests.js';

const QUESTIONS = [
  'answer en how many toys are there?',
  'answer en what moves?',
  'answer en where does it go?',
  'caption en',
];

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'models/nano' },
    precision: { type: 'string', default: 'auto' },
    rounds: { type: 'string', default: '15' },
    threads: { type: 'string', default: '2' },
    frames: { type: 'string', default: '8' },
    words: { type: 'string', default: '32' },
    cache: { type: 'string' },
  },
});
const [rounds, frameCount, words] = [values.rounds, values.frames, values.words].map(Number);
const precision = PRECISIONS.find((name) => name === values.precision) ?? 'auto';
const ownCache = values.cache === undefined ? await mkdtemp(join(tmpdir(), 'clips-')) : null;
const model = await openModelProcess({
  directory: values.model,
  cacheDirectory: values.cache ?? ownCache ?? tmpdir(),
  threads: Number(values.threads),
  precision,
  imageTokenCacheBytes: 1 << 28,
});
try {
  const clips = await clipsOf(rounds ?? 1);
  const captions: number[] = [];
  const first: number[] = [];
  const [alone, together]: [number[], number[]] = [[], []];
  for (const [round, frames] of clips.entries()) {
    const told = await ask(model, frames, 'caption en');
    if (round > 0) {
      captions.push(told.wholeMs); // the very first warms up
      first.push(told.firstMs);
    }
    const begun = performance.now();
    for (const question of QUESTIONS) await ask(model, renamed(frames, `alone ${round}`), question);
    const between = performance.now();
    await Promise.all(
      QUESTIONS.map((question) => ask(model, renamed(frames, `together ${round}`), question)),
    );
    alone.push(between - begun);
    together.push(performance.now() - between);
  }
  process.stdout.write(
    `${JSON.stringify({
      model: model.info.name,
      precision: model.info.precision,
      frames: frameCount,
      captionMs: spread(captions),
      firstWordMs: spread(first),
      fourAloneMs: spread(alone),
      fourTogetherMs: spread(together),
      gain: spread(alone.map((ms, i) => ms / (together[i] ?? NaN))),
    })}\n`,
  );
} finally {
  await model.close();
  if (ownCache !== null) await rm(ownCache, { recursive: true, force: true });
}

async function ask(to: ModelProcess, frames: ModelRequest['frames'], prompt: string) {
  const begun = performance.now();
  let firstMs = 0;
  const options = { sampling: { kind: 'greedy' }, maxNewTokens: words ?? 32, topLogprobs: 0 } as const;
  for await (const event of to.generate({ frames, prompt, options, priority: 'question' })) {
    if (firstMs === 0 && event.kind === 'step') firstMs = performance.now() - begun;
  }
  return { firstMs, wholeMs: performance.now() - begun };
}

/** Clips of held-out scenes, at the model's size; frames of a larger model are noise, which takes as long. */
async function clipsOf(count: number): Promise<ModelRequest['frames'][]> {
  const { imageSize } = model.info;
  const scenes = (await sceneRequests(count, imageSize)).filter(({ media }) => media === 'clips');
  const random = new Random(1);
  return Array.from({ length: count }, (_, clip) => {
    const seen = scenes[random.whole(0, scenes.length - 1)]?.frames ?? [];
    const frames = Array.from({ length: frameCount ?? 8 }, (__, f) => seen[f % seen.length]);
    return renamed(
      frames.filter((frame) => frame !== undefined),
      `clip ${clip}`,
    );
  });
}

/** The same pictures under keys of their own: nothing of them is remembered yet. */
function renamed(frames: ModelRequest['frames'], name: string): ModelRequest['frames'] {
  return frames.map((frame, i) => ({ ...frame, key: `${name}/${i}` }));
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(2));
  return { p50: at(0.5), least: at(0), most: at(1) };
}
