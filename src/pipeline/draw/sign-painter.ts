import sharp from 'sharp';
import type { Stamp } from './canvas.js';
import type { Lettering } from './lettering.js';
import { type Colour, inkOn } from './palette.js';
import { shorten, wrapWords } from './wrap-words.js';

/** Letters are a share of the shorter side, and never so small that they cannot be read. */
const SIZE_SHARE = 1 / 28;
const SMALLEST_SIZE = 11;
const LARGEST_SIZE = 72;
/** Between letters and the edge, a share of the size. */
const PADDING = 0.3;
/** How much of the height the words may take before their letters get smaller. */
const WORDS_SHARE = 0.4;
const WORDS_ALPHA = 0.62;
const LINE_HEIGHT = 1.3;
/** Labels and captions of some seconds: what comes again is drawn from here. */
const MAX_KEPT = 200;

/** Draws labels and captions once and keeps them. */
export class SignPainter {
  readonly #kept = new Map<string, Promise<Stamp>>();
  readonly #size: number;

  /** @param width of the picture, pixels */
  constructor(
    private readonly lettering: Lettering,
    private readonly width: number,
    private readonly height: number,
  ) {
    this.#size = Math.min(LARGEST_SIZE, Math.max(SMALLEST_SIZE, Math.min(width, height) * SIZE_SHARE));
  }

  /** A name and a number on their colour, one line; a name too long for the picture is cut, the number is not. */
  label(name: string, number: string, colour: Colour): Promise<Stamp> {
    return this.#keep(`label ${colour.join()} ${number} ${name}`, () => {
      const size = this.#size;
      const padding = Math.round(size * PADDING);
      const widthOf = (line: string): number => this.lettering.widthOf(line, size);
      const end = name === '' || number === '' ? number : ` ${number}`;
      const text = `${shorten(name, widthOf, this.width - 2 * padding - widthOf(end))}${end}`;
      return this.#rasterise([text], size, Math.ceil(widthOf(text)) + 2 * padding, colour, 1, inkOn(colour));
    });
  }

  /** Words on a dark ground as wide as the picture, as many lines as they need. */
  words(text: string): Promise<Stamp> {
    return this.#keep(`words ${text}`, () => {
      const { size, lines } = this.#fit(text);
      return this.#rasterise(lines, size, this.width, [0, 0, 0], WORDS_ALPHA, [255, 255, 255]);
    });
  }

  /** The largest letters, from a little above those of labels down, with which the words take not too much room. */
  #fit(text: string): { size: number; lines: string[] } {
    for (let size = this.#size * 1.25; ; size *= 0.85) {
      const isSmallest = size * 0.85 < SMALLEST_SIZE;
      const room = Math.max(1, Math.floor((this.height * WORDS_SHARE) / (size * LINE_HEIGHT)));
      const width = Math.max(size, this.width - 2 * size);
      const widthOf = (line: string): number => this.lettering.widthOf(line, size);
      const lines = wrapWords(text, widthOf, width, isSmallest ? room : Infinity);
      if (lines.length <= room || isSmallest) return { size, lines };
    }
  }

  async #rasterise(
    lines: readonly string[],
    size: number,
    width: number,
    ground: Colour,
    groundAlpha: number,
    ink: Colour,
  ): Promise<Stamp> {
    const { ascent, descent } = this.lettering;
    const padding = Math.round(size * PADDING);
    const step = size * LINE_HEIGHT;
    const height = Math.ceil(
      (ascent + descent) * size + (lines.length - 1) * step + (lines.length > 1 ? 2 : 1) * padding,
    );
    const top = (height - (lines.length - 1) * step - (ascent + descent) * size) / 2 + ascent * size;
    const outlines = lines.map((text, i) => {
      const line = this.lettering.line(text, size);
      const left = (width - line.width) / 2;
      return `<path transform="translate(${left.toFixed(2)} ${(top + i * step).toFixed(2)})" d="${line.outline}"/>`;
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="rgb(${ground.join()})" fill-opacity="${groundAlpha}"/><g fill="rgb(${ink.join()})">${outlines.join('')}</g></svg>`;
    const { data, info } = await sharp(Buffer.from(svg))
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  }

  #keep(key: string, make: () => Promise<Stamp>): Promise<Stamp> {
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = make();
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, made);
    return made;
  }
}
