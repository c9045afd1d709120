import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';

const require = createRequire(import.meta.url);
/** Roboto's parts, those of the most frequent letters first: no font of the machine is needed. */
const PARTS = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'];
/** The glyph of a letter that a font has not: an empty box. */
const MISSING = 0;

/** A line of text as outlines, its baseline at 0, in pixels. */
export interface LetteredLine {
  /** The `d` of an SVG path. */
  readonly outline: string;
  readonly width: number;
}

/** Letters as outlines of a bundled font: Latin, Cyrillic and Greek; others become empty boxes. */
export class Lettering {
  /** From the baseline, as a share of the size: room for every letter and its accents. */
  readonly ascent = 1.05;
  readonly descent = 0.28;

  private constructor(private readonly fonts: readonly opentype.Font[]) {}

  static async open(): Promise<Lettering> {
    return new Lettering(
      await Promise.all(
        PARTS.map(async (part) => {
          const bytes = await readFile(
            require.resolve(`@fontsource/roboto/files/roboto-${part}-500-normal.woff`),
          );
          return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
        }),
      ),
    );
  }

  /** Letter beside letter: without kerning and ligatures. */
  line(text: string, size: number): LetteredLine {
    const path = new opentype.Path();
    let x = 0;
    for (const letter of text) {
      const font = this.#fontOf(letter);
      if (font === undefined) continue;
      const glyph = font.charToGlyph(letter);
      path.extend(glyph.getPath(x, 0, size));
      x += ((glyph.advanceWidth ?? font.unitsPerEm) * size) / font.unitsPerEm;
    }
    return { outline: pathData(path), width: x };
  }

  /** What a line would measure, without its outlines. */
  widthOf(text: string, size: number): number {
    let width = 0;
    for (const letter of text) {
      const font = this.#fontOf(letter);
      if (font === undefined) continue;
      width += ((font.charToGlyph(letter).advanceWidth ?? font.unitsPerEm) * size) / font.unitsPerEm;
    }
    return width;
  }

  #fontOf(letter: string): opentype.Font | undefined {
    return this.fonts.find((font) => font.charToGlyphIndex(letter) !== MISSING) ?? this.fonts[0];
  }
}

/** Not opentype.js's own `toPathData`: it leaves out the space before a number that rounds up to 0. */
function pathData(path: opentype.Path): string {
  return path.commands
    .map((command) => {
      switch (command.type) {
        case 'M':
        case 'L':
          return `${command.type}${place(command.x, command.y)}`;
        case 'Q':
          return `Q${place(command.x1, command.y1)} ${place(command.x, command.y)}`;
        case 'C':
          return `C${place(command.x1, command.y1)} ${place(command.x2, command.y2)} ${place(command.x, command.y)}`;
        case 'Z':
          return 'Z';
      }
    })
    .join('');
}

function place(x: number, y: number): string {
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}
