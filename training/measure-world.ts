/**
 * Measures how well a model's certainty tells videos of its world from others, and writes the threshold into the
 * model folder's `world.json`: `npx tsx training/measure-world.ts [--model models/nano] [--scenes 60]
 * [--photos FOLDER] [--dry]`. Takes one to two minutes. Photographs are used from where they lie.
 *
 * The threshold is set on toon scenes alone, so that it is right for what the model has never been shown; all figures
 * are of other scenes.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';
import { openClips } from '../src/clip/open-clips.js';
import { openEngine } from '../src/model/engine.js';
import type { Model } from '../src/model/model.js';
import { meanLogprob } from '../src/pipeline/world-watch.js';
import { PIXEL_AXES, type Pixels, tensor } from '../src/shared/tensor.js';
import { decodePicture } from '../src/source/decode-picture.js';
import { findFfmpeg } from '../src/source/find-ffmpeg.js';
import { composeClip } from './world/compose-clip.js';
import { composePicture } from './world/compose-picture.js';
import { Random } from './world/random.js';
import { newCanvas, render, Studio } from './world/render.js';

const NOTE =
  'this does not look like the toon world, and the bundled model knows no other: it is for trying; ' +
  '`palistream pull` gets a real PaliGemma for --model';
const PROMPT = 'caption en';
const MAX_NEW_TOKENS = 48;
const FRAMES = 8;
/** Training begins at 1,000,000, the tests' held-out scenes at 700,000. */
const CALIBRATION_SEED = 800_000;
const TEST_SEED = 850_000;
/** The share of toon scenes that may be taken for something else. */
const FALSE_ALARMS = 0.01;
/** So many more scenes set the threshold than try it: it lies where there are few. */
const CALIBRATION_FACTOR = 2.5;
const PHOTOS = 40;

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'models/nano' },
    scenes: { type: 'string', default: '60' },
    photos: { type: 'string', multiple: true, default: [] },
    dry: { type: 'boolean', default: false },
  },
});

/** Frames of one item; those of a clip are in time order. */
type Frames = readonly Pixels[];

const work = await mkdtemp(join(tmpdir(), 'measure-world-'));
const model = await openEngine({
  directory: values.model,
  cacheDirectory: join(work, 'cache'),
  threads: 2,
  precision: 'f32',
  imageTokenCacheBytes: 1 << 24,
  onWarning: () => undefined,
});
const size = model.info.imageSize;
const studio = new Studio(size);
const scenes = Number(values.scenes);

/** The item's signal: how sure the model is of its caption. */
async function certainty(asked: Model, frames: Frames, key: string): Promise<number> {
  const options = { sampling: { kind: 'greedy' }, maxNewTokens: MAX_NEW_TOKENS, topLogprobs: 0 } as const;
  const keyed = frames.map((pixels, i) => ({ key: `${key}/${i}`, pixels }));
  for await (const event of asked.generate({ frames: keyed, prompt: PROMPT, options }))
    if (event.kind === 'done') return meanLogprob(event.generation);
  throw new Error('the model ended without an answer');
}

async function toon(seed: number, frames: number): Promise<Frames> {
  const film = await studio.film(frames === 1 ? composePicture(seed) : composeClip(seed));
  return Array.from({ length: frames }, (_, f) => {
    const canvas = newCanvas(size, size);
    render(film, f / frames, canvas);
    return tensor(PIXEL_AXES, [size, size, 3], canvas.rgb);
  });
}

function painted(paint: (x: number, y: number, channel: number) => number): Pixels {
  const data = new Uint8Array(size * size * 3);
  for (let i = 0; i < data.length; i++)
    data[i] = paint((Math.floor(i / 3) % size) / size, Math.floor(i / 3 / size) / size, i % 3);
  return tensor(PIXEL_AXES, [size, size, 3], data);
}

function solids(count: number, frames: number): Frames[] {
  const random = new Random(1);
  return Array.from({ length: count }, () => {
    const colour = [random.whole(0, 255), random.whole(0, 255), random.whole(0, 255)];
    return Array.from({ length: frames }, () => painted((_x, _y, c) => colour[c] ?? 0));
  });
}

function gradients(count: number, frames: number): Frames[] {
  const random = new Random(2);
  return Array.from({ length: count }, () => {
    const ends = Array.from({ length: 6 }, () => random.whole(0, 255));
    const [dx, dy] = [random.between(-1, 1), random.between(-1, 1)];
    return Array.from({ length: frames }, (_, f) =>
      painted((x, y, c) => {
        const share = Math.abs((x * dx + y * dy + f / frames) % 1);
        return (ends[c] ?? 0) * (1 - share) + (ends[c + 3] ?? 0) * share;
      }),
    );
  });
}

function noise(count: number, frames: number): Frames[] {
  const random = new Random(3);
  return Array.from({ length: count }, () =>
    Array.from({ length: frames }, () => painted(() => random.whole(0, 255))),
  );
}

const PATTERNS = [
  'testsrc',
  'testsrc2',
  'smptebars',
  'smptehdbars',
  'rgbtestsrc',
  'mandelbrot',
  'life=ratio=0.2:mold=10:life_color=#00ff00:death_color=#aa0000',
  'cellauto=rule=110',
  'sierpinski',
  'yuvtestsrc',
];

async function patterns(frames: number): Promise<Frames[]> {
  const tools = await findFfmpeg({ path: process.env['PATH'] });
  const items: Frames[] = [];
  for (const [i, pattern] of PATTERNS.entries()) {
    const file = join(work, `pattern-${i}.mp4`);
    const source = `${pattern}${pattern.includes('=') ? ':' : '='}s=320x240:r=10`;
    const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-t', '4', '-pix_fmt', 'yuv420p', file];
    const made = await promisify(execFile)(tools.ffmpeg.path, args).catch(() => null); // older builds lack some
    if (made === null) continue;
    for await (const clip of openClips(file, { tools, size, plan: { kind: 'even', frames } }))
      items.push(clip.frames.map((frame) => frame.pixels));
  }
  return items;
}

/** Photographs as they are, or as clips: a slow pan over each. */
async function photographs(folders: readonly string[], frames: number): Promise<Frames[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder, { recursive: true });
      return names.filter((name) => /\.(jpe?g|png)$/i.test(name)).map((name) => join(folder, name));
    }),
  );
  const files = new Random(4).some(found.flat().sort(), PHOTOS);
  const items: Frames[] = [];
  for (const file of files) {
    const picture = await decodePicture(file).catch(() => null);
    if (picture === null || Math.min(...picture.dims.slice(0, 2)) < 128) continue;
    const [height, width] = picture.dims;
    const part = frames === 1 ? 1 : 0.8;
    const [w, h] = [Math.floor(width * part), Math.floor(height * part)];
    items.push(
      await Promise.all(
        Array.from({ length: frames }, async (_, f) => {
          const left = Math.floor(((width - w) * f) / frames);
          const data = await sharp(picture.data, { raw: { width, height, channels: 3 } })
            .extract({ left, top: Math.floor((height - h) / 2), width: w, height: h })
            .resize(size, size, { fit: 'fill', kernel: 'cubic' })
            .raw()
            .toBuffer();
          return tensor(PIXEL_AXES, [size, size, 3], new Uint8Array(data));
        }),
      ),
    );
  }
  return items;
}

/** The value that a share of the values lies below. */
function quantile(values_: readonly number[], share: number): number {
  const sorted = [...values_].sort((a, b) => a - b);
  return sorted[Math.floor(share * sorted.length)] ?? -Infinity;
}

/** The chance that one of the first is greater than one of the second. */
function auc(above: readonly number[], below: readonly number[]): number {
  const wins = above.map((a) => below.filter((b) => a > b).length + below.filter((b) => a === b).length / 2);
  return wins.reduce((sum, one) => sum + one, 0) / (above.length * below.length);
}

async function all(items: readonly Frames[], name: string): Promise<number[]> {
  const told: number[] = [];
  for (const [i, frames] of items.entries())
    told.push(await certainty(model, frames, `${name}/${frames.length}/${i}`));
  return told;
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
const below = (told: readonly number[], threshold: number): number =>
  told.filter((value) => value < threshold).length / Math.max(1, told.length);

const thresholds: { frames: number; meanLogprob: number }[] = [];
for (const frames of [1, FRAMES]) {
  const toons = (first: number, count: number): Promise<Frames[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => toon(first + i, frames)));
  const calibration = await toons(CALIBRATION_SEED, Math.round(scenes * CALIBRATION_FACTOR));
  const known = await all(calibration, 'calibration');
  const threshold = Math.round(quantile(known, FALSE_ALARMS) * 1000) / 1000;
  thresholds.push({ frames, meanLogprob: threshold });
  const held = await all(await toons(TEST_SEED, scenes), 'held out');
  console.log(`\n${frames === 1 ? 'pictures' : `clips of ${frames}`}: threshold ${threshold}`);
  console.log(`  false alarms on ${held.length} held-out toon scenes: ${percent(below(held, threshold))}`);
  const foreign = [
    ['noise', noise(8, frames)],
    ['solid colours', solids(8, frames)],
    ['gradients', gradients(8, frames)],
    ['test patterns', await patterns(frames)],
    ['photographs', await photographs(values.photos, frames)],
  ] as const;
  for (const [name, items] of foreign) {
    if (items.length === 0) continue;
    const told = await all(items, name);
    const rate = percent(below(told, threshold));
    console.log(`  ${name} (${told.length}): told ${rate}, AUC ${auc(held, told).toFixed(3)}`);
  }
}
await model.close();
await rm(work, { recursive: true, force: true });
if (!values.dry) {
  const world = { note: NOTE, prompt: PROMPT, maxNewTokens: MAX_NEW_TOKENS, thresholds };
  const file = join(values.model, 'world.json');
  await writeFile(file, `${JSON.stringify(world, null, 2)}\n`);
  console.log(`\nwritten to ${file}`);
}
