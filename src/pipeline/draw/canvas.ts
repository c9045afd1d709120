import type { Colour } from './palette.js';
import type { MaskRuns } from './mask-runs.js';

/** RGBA bytes `[row, column, 4]`, alpha not multiplied in. */
export interface Stamp {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Whole pixels; `right` and `bottom` are the first outside. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A transparent picture to draw on: what is drawn later lies over what was drawn before. */
export class Canvas implements Stamp {
  readonly data: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.data = new Uint8Array(width * height * 4);
  }

  /** Fills a rectangle, or what of it is inside. `alpha` 0 to 255. */
  fill(rectangle: Rectangle, colour: Colour, alpha = 255): void {
    const left = Math.max(0, rectangle.left);
    const right = Math.min(this.width, rectangle.right);
    const bottom = Math.min(this.height, rectangle.bottom);
    for (let row = Math.max(0, rectangle.top); row < bottom; row++)
      this.#row(row, left, right, colour, alpha);
  }

  /** Draws the edge of a rectangle, inside it. */
  outline({ left, top, right, bottom }: Rectangle, thickness: number, colour: Colour, alpha = 255): void {
    const inner = Math.max(
      1,
      Math.min(thickness, Math.floor((right - left) / 2), Math.floor((bottom - top) / 2)),
    );
    const [upper, lower] = [top + inner, bottom - inner];
    this.fill({ left, top, right, bottom: upper }, colour, alpha);
    this.fill({ left, top: lower, right, bottom }, colour, alpha);
    this.fill({ left, top: upper, right: left + inner, bottom: lower }, colour, alpha);
    this.fill({ left: right - inner, top: upper, right, bottom: lower }, colour, alpha);
  }

  /** Colours the pixels of a mask of this size. */
  tint(runs: MaskRuns, colour: Colour, alpha: number): void {
    for (let i = 0; i + 2 < runs.length; i += 3) {
      const row = runs[i] ?? 0;
      if (row < this.height)
        this.#row(row, runs[i + 1] ?? 0, Math.min(this.width, runs[i + 2] ?? 0), colour, alpha);
    }
  }

  /** Lays a small picture on this one, its corner at a whole pixel. */
  stamp({ width, height, data }: Stamp, left: number, top: number): void {
    for (let row = Math.max(0, -top); row < Math.min(height, this.height - top); row++) {
      for (let column = Math.max(0, -left); column < Math.min(width, this.width - left); column++) {
        const from = (row * width + column) * 4;
        const to = ((top + row) * this.width + left + column) * 4;
        this.#blend(to, data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0, data[from + 3] ?? 0);
      }
    }
  }

  #row(row: number, left: number, right: number, [red, green, blue]: Colour, alpha: number): void {
    const start = row * this.width;
    for (let at = (start + left) * 4; at < (start + right) * 4; at += 4)
      this.#blend(at, red, green, blue, alpha);
  }

  /** Porter and Duff's "over" for colours that alpha is not multiplied into. */
  #blend(at: number, red: number, green: number, blue: number, alpha: number): void {
    if (alpha === 0) return;
    const { data } = this;
    const below = data[at + 3] ?? 0;
    if (alpha === 255 || below === 0) {
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = alpha;
      return;
    }
    const rest = (below * (255 - alpha)) / 255;
    const total = alpha + rest;
    data[at] = (red * alpha + (data[at] ?? 0) * rest) / total + 0.5;
    data[at + 1] = (green * alpha + (data[at + 1] ?? 0) * rest) / total + 0.5;
    data[at + 2] = (blue * alpha + (data[at + 2] ?? 0) * rest) / total + 0.5;
    data[at + 3] = total + 0.5;
  }
}
