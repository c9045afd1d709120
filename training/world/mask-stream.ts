/**
 * Writes silhouettes to standard output, for `masks.py` to learn from:
 * `tsx mask-stream.ts --seed N --step S --count C`.
 *
 * One item is 4098 bytes: the longer side of the visible box in pixels, what was drawn (0 a kind of the toon world,
 * 1 another icon, 2 a sign, 3 an icon that training never sees), then the mask, 64 x 64 bytes as `cropMask` gives it.
 * Seeds run N, N+S, N+2S, ... so that several writers never give the same mask.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { cropMask } from './crop-mask.js';
import { drawThing } from './draw.js';
import { KINDS, STYLES, type Kind, type Style } from './kinds.js';
import { Random } from './random.js';
import { newCanvas } from './render.js';
import { SIGN_ASPECT, SignShop } from './signs.js';
import { SpriteSheet, type Mipmap } from './sprites.js';
import { SIGN_TEXTS } from './vocabulary.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1000000' },
    step: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
  },
});
/** The model's picture; things smaller than this many pixels have no shape worth a code. */
const PICTURE = 112;
const SMALLEST = 14;
const FIRST_TRAINING_SEED = 1_000_000; // seeds below are for tests and scores
/** Every so many icons is kept from training, to score drawings never seen. */
const KEPT_EVERY = 16;
/** Skins, faces and flags repeat one outline hundreds of times. */
const REPEATED = /light|medium|dark|flag|face|button|clock|keycap/;

const require = createRequire(import.meta.url);
const iconsOf = (style: Style): string[] =>
  Object.keys(
    (
      JSON.parse(readFileSync(require.resolve(`@iconify-json/${style}/icons.json`), 'utf8')) as {
        icons: object;
      }
    ).icons,
  ).filter((icon) => !REPEATED.test(icon));
const asKind = (icon: string): Kind => ({
  name: `icon ${icon}`,
  plural: '',
  category: 'object',
  icon,
  painted: false,
});
const others = STYLES.map((style) => ({ style, icons: iconsOf(style) }));
const sprites = new SpriteSheet(PICTURE);
const signs = new SignShop(PICTURE / 2);
const canvas = newCanvas(PICTURE, PICTURE);

interface Drawing {
  readonly sprite: Mipmap;
  readonly spriteAspect: number;
  readonly source: number;
}

async function drawing(random: Random, held: boolean): Promise<Drawing> {
  const source = random.weighted([60, 33, 7]);
  if (source === 2) {
    const sign = {
      text: random.pick(SIGN_TEXTS),
      font: 0,
      board: 0,
      pose: { x: 0, y: 0, size: 0, angle: 0, opacity: 1 },
    };
    return { sprite: await signs.load(sign), spriteAspect: SIGN_ASPECT, source };
  }
  if (source === 0)
    return {
      sprite: await sprites.load(random.pick(KINDS), random.pick(STYLES), null),
      spriteAspect: 1,
      source,
    };
  const { style, icons } = random.pick(others);
  const chosen = icons.filter((_, index) => (index % KEPT_EVERY === 0) === held);
  return {
    sprite: await sprites.load(asKind(random.pick(chosen)), style, null),
    spriteAspect: 1,
    source: held ? 3 : source,
  };
}

/** Mostly upright, sometimes leaning, sometimes caught while spinning. */
function tiltOf(random: Random, source: number): number {
  if (source === 2) return 0;
  const how = random.weighted([45, 30, 25]);
  return how === 0 ? 0 : how === 1 ? random.between(-0.3, 0.3) : random.between(-Math.PI, Math.PI);
}

function place(random: Random, owner: number, thing: Drawing, x: number, y: number, size: number): void {
  drawThing(
    canvas,
    thing.sprite,
    { x, y, size, angle: 0, opacity: 1 },
    {
      flip: thing.source !== 2 && random.chance(0.5),
      tilt: tiltOf(random, thing.source),
      aspect: random.pick([1, 4 / 3, 16 / 9]),
      spriteAspect: thing.spriteAspect,
    },
    owner,
  );
}

async function item(seed: number): Promise<Buffer> {
  const random = new Random(seed ^ 0x2c1b3c6d);
  for (;;) {
    const held = seed < FIRST_TRAINING_SEED;
    const thing = await drawing(random, held);
    canvas.owner.fill(0);
    const size = random.chance(0.3) ? random.between(SMALLEST, PICTURE) : random.between(20, 66);
    const share = size / PICTURE;
    const margin = random.chance(0.15) ? 0 : Math.min(0.5, share / 2); // some reach over the picture's edge
    const x = random.between(margin, 1 - margin);
    const y = random.between(margin, 1 - margin);
    place(random, 1, thing, x, y, share);
    if (random.chance(0.2)) {
      const cover = await drawing(random, held);
      const reach = 0.7 * share;
      place(
        random,
        2,
        cover,
        x + random.between(-reach, reach),
        y + random.between(-reach, reach),
        share * random.between(0.5, 1.1),
      );
    }
    const seen = cropMask(canvas, 1);
    if (seen === null) continue;
    const wide = seen.right - seen.left;
    const high = seen.bottom - seen.top;
    if (Math.min(wide, high) < 4 || Math.max(wide, high) < SMALLEST / 2) continue;
    return Buffer.concat([Buffer.from([Math.max(wide, high), thing.source]), seen.mask]);
  }
}

process.stdout.on('error', () => process.exit(0)); // the reader has gone
const step = Number(values.step);
for (let i = 0; i < Number(values.count); i++)
  if (!process.stdout.write(await item(Number(values.seed) + i * step))) await once(process.stdout, 'drain');
