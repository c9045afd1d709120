import { Canvas, type Rectangle } from './canvas.js';
import type { DrawnThing } from './drawing.js';
import { Lettering } from './lettering.js';
import { Palette } from './palette.js';
import { placeLabel } from './place-label.js';
import type { Scene } from './scene-at.js';
import { SignPainter } from './sign-painter.js';

/** A line is this share of the shorter side, and at least two pixels. */
const LINE_SHARE = 1 / 240;
const MASK_ALPHA = 110;
/** A thin dark edge on both sides of a line, so that it is seen on its own colour. */
const EDGE_ALPHA = 150;

/** Paints scenes of one size as transparent pictures to lay over it; the same scene gives the same picture again. */
export class ScenePainter {
  readonly #palette = new Palette();
  readonly #signs: SignPainter;
  readonly #line: number;
  #last: { readonly scene: Scene; readonly canvas: Canvas } | null = null;

  private constructor(
    private readonly width: number,
    private readonly height: number,
    lettering: Lettering,
  ) {
    this.#signs = new SignPainter(lettering, width, height);
    this.#line = Math.max(2, Math.round(Math.min(width, height) * LINE_SHARE));
  }

  static async open(width: number, height: number): Promise<ScenePainter> {
    return new ScenePainter(width, height, await Lettering.open());
  }

  /** Masks below, then boxes, then names, then words: what is to be read is covered by nothing. */
  async paint(scene: Scene): Promise<Canvas> {
    if (this.#last?.scene === scene) return this.#last.canvas;
    const canvas = new Canvas(this.width, this.height);
    for (const { label, mask } of scene.things) {
      if (mask !== null) canvas.tint(mask, this.#palette.colourOf(label), MASK_ALPHA);
    }
    for (const thing of scene.things) {
      const edge = this.#rectangle(thing);
      canvas.outline(grown(edge), this.#line + 2, [0, 0, 0], EDGE_ALPHA);
      canvas.outline(edge, this.#line, this.#palette.colourOf(thing.label));
    }
    const taken: Rectangle[] = [];
    const words = scene.words === null ? null : await this.#signs.words(scene.words);
    const wordsTop = this.height - (words?.height ?? 0);
    if (words !== null) taken.push({ left: 0, top: wordsTop, right: this.width, bottom: this.height });
    for (const thing of scene.things) {
      const number = thing.track === null ? '' : `#${thing.track}`;
      if (thing.label === '' && number === '') continue;
      const stamp = await this.#signs.label(thing.label, number, this.#palette.colourOf(thing.label));
      const { left, top } = placeLabel(this.#rectangle(thing), stamp, canvas, taken);
      canvas.stamp(stamp, left, top);
      taken.push({ left, top, right: left + stamp.width, bottom: top + stamp.height });
    }
    if (words !== null) canvas.stamp(words, 0, wordsTop);
    this.#last = { scene, canvas };
    return canvas;
  }

  #rectangle({ box }: DrawnThing): Rectangle {
    const left = Math.min(this.width - 1, Math.max(0, Math.round(box.xMin * this.width)));
    const top = Math.min(this.height - 1, Math.max(0, Math.round(box.yMin * this.height)));
    return {
      left,
      top,
      right: Math.max(left + 1, Math.min(this.width, Math.round(box.xMax * this.width))),
      bottom: Math.max(top + 1, Math.min(this.height, Math.round(box.yMax * this.height))),
    };
  }
}

function grown({ left, top, right, bottom }: Rectangle): Rectangle {
  return { left: left - 1, top: top - 1, right: right + 1, bottom: bottom + 1 };
}
