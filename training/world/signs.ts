import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';
import { mipmap, rasterise, type Mipmap } from './sprites.js';
import type { Sign } from './scene.js';

const require = createRequire(import.meta.url);
const FONT_FILES = [
  '@fontsource/roboto/files/roboto-latin-700-normal.woff',
  '@fontsource/oswald/files/oswald-latin-600-normal.woff',
  '@fontsource/bitter/files/bitter-latin-700-normal.woff',
];

/** Board and ink, readable in pairs. */
const BOARDS = [
  ['#ffffff', '#111111'],
  ['#ffd91a', '#1a1a1a'],
  ['#c81e1e', '#ffffff'],
  ['#14539a', '#ffffff'],
  ['#1d7a3a', '#ffffff'],
  ['#fff3d6', '#8a1c1c'],
] as const;

const fonts = new Map<number, Promise<opentype.Font>>();

function openFont(index: number): Promise<opentype.Font> {
  const known = fonts.get(index);
  if (known !== undefined) return known;
  const file = FONT_FILES[index] ?? FONT_FILES[0] ?? '';
  const opened = readFile(require.resolve(file)).then((bytes) =>
    opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
  );
  fonts.set(index, opened);
  return opened;
}

/** The word's outline at 100 units an em, letter beside letter: the words need no ligatures. */
function outlineOf(font: opentype.Font, word: string): opentype.Path {
  const outline = new opentype.Path();
  let x = 0;
  for (const letter of word) {
    const glyph = font.charToGlyph(letter);
    outline.extend(glyph.getPath(x, 0, 100));
    x += ((glyph.advanceWidth ?? font.unitsPerEm) * 100) / font.unitsPerEm;
  }
  return outline;
}

/** The outline as SVG writes it; the library's own writing leaves out a blank it needs before some zeros. */
function pathData(outline: opentype.Path): string {
  const at = (...numbers: readonly number[]): string => numbers.map((number) => number.toFixed(2)).join(' ');
  return outline.commands
    .map((command) => {
      switch (command.type) {
        case 'M':
        case 'L':
          return `${command.type}${at(command.x, command.y)}`;
        case 'Q':
          return `Q${at(command.x1, command.y1, command.x, command.y)}`;
        case 'C':
          return `C${at(command.x1, command.y1, command.x2, command.y2, command.x, command.y)}`;
        case 'Z':
          return 'Z';
      }
    })
    .join('');
}

/** A sign is this much wider than high. */
export const SIGN_ASPECT = 1.5;

/** Draws signs: letters are outlines of bundled fonts, so that no font of the machine is needed. */
export class SignShop {
  readonly #height: number;
  readonly #cache = new Map<string, Mipmap>();

  constructor(height: number) {
    this.#height = height;
  }

  async load(sign: Sign): Promise<Mipmap> {
    const key = `${sign.text}/${sign.font}/${sign.board}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const font = await openFont(sign.font);
    const [board, ink] = BOARDS[sign.board] ?? BOARDS[0];
    const outline = outlineOf(font, sign.text);
    const box = outline.getBoundingBox();
    const scale = Math.min(128 / (box.x2 - box.x1), 54 / (box.y2 - box.y1));
    const x = 75 - (scale * (box.x1 + box.x2)) / 2;
    const y = 38 - (scale * (box.y1 + box.y2)) / 2;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 100"><rect x="70" y="70" width="10" height="30" fill="#777"/><rect x="2" y="2" width="146" height="72" rx="9" fill="${board}" stroke="${ink}" stroke-width="3"/><g transform="translate(${x} ${y}) scale(${scale})" fill="${ink}"><path d="${pathData(outline)}"/></g></svg>`;
    const made = mipmap(await rasterise(svg, Math.round(this.#height * SIGN_ASPECT), this.#height));
    this.#cache.set(key, made);
    return made;
  }
}
