/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** Colours that are told apart on video, neighbours first of all; after Sasha Trubetskoy's list of distinct ones. */
const COLOURS: readonly Colour[] = [
  [230, 25, 75],
  [60, 180, 75],
  [255, 225, 25],
  [67, 99, 216],
  [245, 130, 49],
  [66, 212, 244],
  [240, 50, 230],
  [191, 239, 69],
  [145, 30, 180],
  [250, 190, 212],
  [70, 153, 144],
  [220, 190, 255],
  [154, 99, 36],
  [255, 250, 200],
  [128, 0, 0],
  [170, 255, 195],
];

/** Gives every label a colour of its own, in the order in which they come; the 17th has that of the first. */
export class Palette {
  readonly #known = new Map<string, Colour>();

  colourOf(label: string): Colour {
    const known = this.#known.get(label);
    if (known !== undefined) return known;
    const colour = COLOURS[this.#known.size % COLOURS.length] ?? [255, 255, 255];
    this.#known.set(label, colour);
    return colour;
  }
}

/** Black or white, whichever can be read on a colour (by the luminance of ITU-R BT.709). */
export function inkOn([red, green, blue]: Colour): Colour {
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 125 ? [0, 0, 0] : [255, 255, 255];
}
