import type { DrawnThing } from '../../src/pipeline/draw/drawing.js';
import { type Colour, inkOn, type Palette } from '../../src/pipeline/draw/palette.js';
import { sceneOf } from '../../src/pipeline/draw/scene-at.js';
import type { MaskRle } from '../../src/tasks/mask-rle.js';
import { maskPicture } from './mask-picture.js';
import type { SeenDrawing } from './seen-drawing.js';

const LINE = 2.5;
const LETTERS = 12;

/** Draws what was found over a picture, at the time that is on screen. */
export class OverlayPainter {
  readonly #scenes: readonly ((seconds: number) => { readonly things: readonly DrawnThing[] })[];
  /** Those of the last picture: the masks of a whole film would take gigabytes. */
  #masks: ReadonlyMap<MaskRle, HTMLCanvasElement> = new Map();

  constructor(
    drawings: readonly SeenDrawing[],
    private readonly palette: Palette,
  ) {
    this.#scenes = drawings.map(sceneOf);
  }

  /** @param hidden names that are not drawn */
  paint(canvas: HTMLCanvasElement, seconds: number, hidden: ReadonlySet<string>): void {
    const density = window.devicePixelRatio;
    const width = Math.round(canvas.clientWidth * density);
    const height = Math.round(canvas.clientHeight * density);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const pen = canvas.getContext('2d');
    if (pen === null || width === 0) return;
    pen.clearRect(0, 0, width, height);
    const things = this.#scenes.flatMap((scene) =>
      scene(seconds).things.filter(({ label }) => !hidden.has(label)),
    );
    const masks = new Map<MaskRle, HTMLCanvasElement>();
    for (const thing of things) {
      const rle = 'rle' in thing ? (thing.rle as MaskRle | null) : null;
      if (rle === null) continue;
      const mask = this.#masks.get(rle) ?? maskCanvas(rle, this.palette.colourOf(thing.label));
      pen.drawImage(mask, 0, 0, width, height);
      masks.set(rle, mask);
    }
    this.#masks = masks;
    for (const thing of things) this.#paintBox(pen, thing, width, height, density);
  }

  #paintBox(
    pen: CanvasRenderingContext2D,
    thing: DrawnThing,
    width: number,
    height: number,
    density: number,
  ): void {
    const { label, track, box } = thing;
    const colour = this.palette.colourOf(label);
    const left = box.xMin * width;
    const top = box.yMin * height;
    pen.strokeStyle = cssColour(colour);
    pen.lineWidth = LINE * density;
    pen.strokeRect(left, top, (box.xMax - box.xMin) * width, (box.yMax - box.yMin) * height);
    const text = track === null ? label : `${label} ${track}`;
    pen.font = `600 ${LETTERS * density}px Inter Variable, sans-serif`;
    const tall = (LETTERS + 7) * density;
    const wide = pen.measureText(text).width + 12 * density;
    const x = Math.max(0, Math.min(left - (LINE / 2) * density, width - wide));
    const y = top - tall < 0 ? top : top - tall;
    pen.fillStyle = cssColour(colour);
    pen.fillRect(x, y, wide, tall);
    pen.fillStyle = cssColour(inkOn(colour));
    pen.textBaseline = 'middle';
    pen.fillText(text, x + 6 * density, y + tall / 2 + density * 0.5);
  }
}

function maskCanvas(rle: MaskRle, colour: Colour): HTMLCanvasElement {
  const picture = document.createElement('canvas');
  [picture.height, picture.width] = rle.size;
  picture.getContext('2d')?.putImageData(maskPicture(rle, colour), 0, 0);
  return picture;
}

function cssColour([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}
