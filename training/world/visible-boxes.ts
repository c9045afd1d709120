import type { Canvas } from './draw.js';

/** What is seen of a thing: pixel columns and rows, the last ones excluded, and how many pixels it covers. */
export interface VisibleBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly area: number;
}

/** The visible box of every actor of a rendered picture, by its number less one; null where nothing of it is seen. */
export function visibleBoxes({ width, height, owner }: Canvas, actors: number): (VisibleBox | null)[] {
  const left = new Int32Array(actors + 1).fill(width);
  const top = new Int32Array(actors + 1).fill(height);
  const right = new Int32Array(actors + 1);
  const bottom = new Int32Array(actors + 1);
  const area = new Int32Array(actors + 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const who = owner[y * width + x] ?? 0;
      if (who === 0) continue;
      area[who] = (area[who] ?? 0) + 1;
      if (x < (left[who] ?? 0)) left[who] = x;
      if (x >= (right[who] ?? 0)) right[who] = x + 1;
      if (y < (top[who] ?? 0)) top[who] = y;
      if (y >= (bottom[who] ?? 0)) bottom[who] = y + 1;
    }
  }
  return Array.from({ length: actors }, (_, index) => {
    const who = index + 1;
    const covered = area[who] ?? 0;
    return covered === 0
      ? null
      : {
          left: left[who] ?? 0,
          top: top[who] ?? 0,
          right: right[who] ?? 0,
          bottom: bottom[who] ?? 0,
          area: covered,
        };
  });
}
