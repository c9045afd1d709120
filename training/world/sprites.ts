import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import type { Kind, Style } from './kinds.js';
import { COLOURS, type Colour } from './vocabulary.js';

/** RGBA bytes, colour multiplied by opacity, square or not. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One drawing at falling sizes, each half of the one before: drawing small takes from a small one. */
export type Mipmap = readonly Bitmap[];

interface IconSet {
  readonly width?: number;
  readonly height?: number;
  readonly icons: Record<string, { body: string; width?: number; height?: number } | undefined>;
  readonly aliases?: Record<string, { parent: string } | undefined>;
}

const require = createRequire(import.meta.url);
const sets = new Map<Style, Promise<IconSet>>();

function openSet(style: Style): Promise<IconSet> {
  const known = sets.get(style);
  if (known !== undefined) return known;
  const opened = readFile(require.resolve(`@iconify-json/${style}/icons.json`), 'utf8').then(
    (text) => JSON.parse(text) as IconSet,
  );
  sets.set(style, opened);
  return opened;
}

async function drawing(style: Style, icon: string): Promise<string> {
  const set = await openSet(style);
  const found = set.icons[icon] ?? set.icons[set.aliases?.[icon]?.parent ?? ''];
  if (found === undefined) throw new Error(`the icon set ${style} has no drawing named ${icon}`);
  const width = found.width ?? set.width ?? 16;
  const height = found.height ?? set.height ?? 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}">${found.body}</svg>`;
}

/** Rasterises an SVG into premultiplied RGBA of the given size. */
export async function rasterise(svg: string, width: number, height: number): Promise<Bitmap> {
  const { data } = await sharp(Buffer.from(svg), { density: 300 })
    .resize(width, height, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] ?? 0;
    for (let c = 0; c < 3; c++) out[i + c] = Math.round(((data[i + c] ?? 0) * alpha) / 255);
    out[i + 3] = alpha;
  }
  return { width, height, data: out };
}

/** Halves a bitmap again and again until its shorter side is below 12 pixels. */
export function mipmap(base: Bitmap): Mipmap {
  const levels = [base];
  for (let last = base; Math.min(last.width, last.height) >= 24;) {
    const width = last.width >> 1;
    const height = last.height >> 1;
    const data = new Uint8Array(width * height * 4);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < 4; c++) {
          const at = (2 * y * last.width + 2 * x) * 4 + c;
          const below = at + last.width * 4;
          const sum =
            (last.data[at] ?? 0) +
            (last.data[at + 4] ?? 0) +
            (last.data[below] ?? 0) +
            (last.data[below + 4] ?? 0);
          data[(y * width + x) * 4 + c] = (sum + 2) >> 2;
        }
    last = { width, height, data };
    levels.push(last);
  }
  return levels;
}

/** Paints a drawing: its light and dark stay, its hue becomes the paint's. */
function paint(bitmap: Bitmap, colour: Colour): Bitmap {
  const target = COLOURS[colour];
  const data = new Uint8Array(bitmap.data.length);
  let sum = 0;
  let weight = 0;
  const light = (i: number): number =>
    0.3 * (bitmap.data[i] ?? 0) + 0.59 * (bitmap.data[i + 1] ?? 0) + 0.11 * (bitmap.data[i + 2] ?? 0);
  for (let i = 0; i < data.length; i += 4) {
    sum += light(i);
    weight += bitmap.data[i + 3] ?? 0;
  }
  const mean = weight > 0 ? sum / weight : 0.5;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = bitmap.data[i + 3] ?? 0;
    const shade =
      alpha > 0 ? Math.min(1.35, Math.max(0.25, 0.75 + (0.6 * (light(i) / alpha - mean)) / 0.5)) : 0;
    for (let c = 0; c < 3; c++) data[i + c] = Math.min(alpha, ((target[c] ?? 0) * shade * alpha) / 255);
    data[i + 3] = alpha;
  }
  return { width: bitmap.width, height: bitmap.height, data };
}

/** Loads the drawing of a kind in a style and a paint; `side` is the largest size in pixels. */
export class SpriteSheet {
  readonly #side: number;
  readonly #cache = new Map<string, Mipmap>();

  constructor(side: number) {
    this.#side = side;
  }

  async load(kind: Kind, style: Style, colour: Colour | null): Promise<Mipmap> {
    const key = `${kind.name}/${style}/${colour ?? ''}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const plain = await rasterise(await drawing(style, kind.icon), this.#side, this.#side);
    const made = mipmap(colour === null ? plain : paint(plain, colour));
    this.#cache.set(key, made);
    return made;
  }
}
