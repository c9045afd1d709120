import type { Mask } from './detection.js';

/** A mask as COCO stores it: run lengths column by column, packed into text. */
export interface MaskRle {
  /** `[height, width]`. */
  readonly size: readonly [number, number];
  readonly counts: string;
}

/** Encodes a mask as pycocotools' `mask.encode` does, character for character. */
export function maskRle(mask: Mask): MaskRle {
  const runs = runLengths(mask);
  // From the fourth run on only the change against the last run of the same kind is written.
  const counts = runs.map((run, i) => pack(i > 2 ? run - (runs[i - 2] ?? 0) : run)).join('');
  return { size: [mask.height, mask.width], counts };
}

/** How many pixels outside, inside, outside ... follow each other, from the top left downwards. */
function runLengths({ width, height, data }: Mask): number[] {
  const runs: number[] = [];
  let value = 0;
  let length = 0;
  for (let x = 0; x < width; x++) {
    for (let i = x; i < width * height; i += width) {
      if (data[i] !== value) {
        runs.push(length);
        length = 0;
        value = 1 - value;
      }
      length++;
    }
  }
  runs.push(length);
  return runs;
}

/** Five bits a character, the lowest first, bit 5 set when more follow; bit 4 of the last is the sign. */
function pack(value: number): string {
  let text = '';
  for (let rest = value, more = true; more;) {
    const bits = rest & 0x1f;
    rest >>= 5;
    more = bits & 0x10 ? rest !== -1 : rest !== 0;
    text += String.fromCharCode((more ? bits | 0x20 : bits) + 48);
  }
  return text;
}
