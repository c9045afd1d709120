/**
 * Shows what sharing image tokens between frames that look almost the same saves, and what it changes, on held-out
 * scenes of the bundled model; prints the table of docs/model-process.md:
 * `npx tsx bench/still-frames.ts [--scenes 12] [--threads 1]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openCheckpoint } from '../src/checkpoint/open-checkpoint.js';
import { PIXEL_AXES, tensor } from '../src/shared/tensor.js';
import { Random } from '../training/world/random.js';
import { type SceneRequest, sceneRequests } from './precision/scene-requests.js';
import { stillAnswers, type StillAnswers } from './still-frames/still-answers.js';

const THRESHOLDS = [0, 0.001, 0.002, 0.005, 0.01, 0.02];
const FRAMES = 8;

/** Largest change of a byte by the noise of the camera that is played. */
const NOISE = 4;

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '12' },
    threads: { type: 'string', default: '1' },
    model: { type: 'string', default: 'models/nano' },
  },
});
const { config } = await openCheckpoint(values.model);
const requests = await sceneRequests(Number(values.scenes), config.vision.imageSize);
const moving = requests.filter(({ media }) => media === 'clips');
const still = requests.filter(({ media }) => media === 'pictures').map(filmed);
const cacheDirectory = await mkdtemp(join(tmpdir(), 'still-frames-'));
try {
  const settings = { directory: values.model, cacheDirectory, threads: Number(values.threads) };
  for (const [name, asked] of Object.entries({ 'a still camera': still, 'moving scenes': moving })) {
    process.stdout.write(
      `| ${name} | frames encoded | same answer as at 0 | right answers |\n|---|---:|---:|---:|\n`,
    );
    let exact: StillAnswers | null = null;
    for (const threshold of THRESHOLDS) {
      const given = await stillAnswers(asked, threshold, settings);
      exact ??= given;
      const { texts } = exact;
      const same = share(given.texts.map((text, i) => text === texts[i]));
      const right = share(given.texts.map((text, i) => text === asked[i]?.answer));
      process.stdout.write(
        `| ${threshold} | ${percent(given.encoded)} | ${percent(same)} | ${percent(right)} |\n`,
      );
    }
    process.stdout.write('\n');
  }
} finally {
  await rm(cacheDirectory, { recursive: true, force: true });
}

/** A picture as a camera sees it that stands still: frames that differ by noise. */
function filmed(request: SceneRequest): SceneRequest {
  const [picture] = request.frames;
  if (picture === undefined) return request;
  const frames = Array.from({ length: FRAMES }, (_, f) => {
    const random = new Random(f);
    const noisy = picture.pixels.data.map((byte) =>
      Math.max(0, Math.min(255, byte + random.whole(-NOISE, NOISE))),
    );
    return { key: `${picture.key}/${f}`, pixels: tensor(PIXEL_AXES, picture.pixels.dims, noisy) };
  });
  return { ...request, frames };
}

function share(all: readonly boolean[]): number {
  return all.filter(Boolean).length / all.length;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
