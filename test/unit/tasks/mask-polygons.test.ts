import { describe, expect, it } from 'vitest';
import type { Mask } from '../../../src/tasks/detection.js';
import { maskPolygons, type Polygon } from '../../../src/tasks/mask-polygons.js';
import { seededRandom } from './seeded-random.js';

/** `#` is the thing. */
function drawn(...rows: readonly string[]): Mask {
  const data = Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 1 : 0));
  return { width: rows[0]?.length ?? 0, height: rows.length, data };
}

/** The pixels whose centres lie in an odd number of outlines' insides, any outline counting. */
function filled(polygons: readonly Polygon[], { width, height }: Mask): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) =>
    polygons.some((polygon) => holds(polygon, (i % width) + 0.5, Math.floor(i / width) + 0.5)) ? 1 : 0,
  );
}

function holds(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0; i < polygon.length; i += 2) {
    const [x0 = 0, y0 = 0] = polygon.slice(i, i + 2);
    const [x1 = 0, y1 = 0] = polygon.concat(polygon.slice(0, 2)).slice(i + 2, i + 4);
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}

describe('maskPolygons', () => {
  it('outlines each part on its own', () => {
    const mask = drawn('###....', '###....', '.....##', '.....##');
    const polygons = maskPolygons(mask);
    expect(polygons).toHaveLength(2);
    expect(filled(polygons, mask)).toEqual(mask.data);
  });

  it('fills holes, which COCO polygons cannot tell', () => {
    const mask = drawn('.......', '.#####.', '.#...#.', '.#.#.#.', '.#...#.', '.#####.', '.......');
    const outlines = maskPolygons(mask, 0);
    const whole = drawn('.......', '.#####.', '.#####.', '.#####.', '.#####.', '.#####.', '.......');
    expect(filled(outlines, mask)).toEqual(whole.data);
  });

  it('finds nothing in an empty mask, and the whole of a full one', () => {
    expect(maskPolygons(drawn('...', '...'))).toEqual([]);
    const full = drawn('####', '####', '####');
    expect(filled(maskPolygons(full), full)).toEqual(full.data);
  });

  it('gives even one pixel the three corners that COCO asks for', () => {
    for (const polygon of maskPolygons(drawn('...', '.#.', '...'), 5)) {
      expect(polygon.length).toBeGreaterThanOrEqual(6);
      expect(polygon.length % 2).toBe(0);
    }
  });

  it('keeps a line of one pixel, which half a pixel would make vanish', () => {
    const mask = drawn('........', '.######.', '........', '........');
    expect(filled(maskPolygons(mask, 1), mask)).toEqual(mask.data);
  });

  it('keeps exactly the pixels when no corner is spared, and nearly all with few corners', () => {
    const random = seededRandom(3);
    const numbers = { exact: 0, few: 0 };
    for (let round = 0; round < 12; round++) {
      const [cx, cy, r] = [10 + random() * 30, 10 + random() * 20, 4 + random() * 8];
      const data = Uint8Array.from({ length: 50 * 40 }, (_, i) => {
        const [x, y] = [i % 50, Math.floor(i / 50)];
        return Math.hypot(x - cx, (y - cy) * (1 + round / 12)) < r + 2 * Math.sin(x + round) ? 1 : 0;
      });
      const mask = { width: 50, height: 40, data };
      const exact = maskPolygons(mask, 0);
      const few = maskPolygons(mask, 0.5);
      const exactly = filled(exact, mask);
      // Holes are filled, so every pixel of the mask is there, and those that are more are surrounded.
      expect(data.every((value, i) => (exactly[i] ?? 0) >= value)).toBe(true);
      const nearly = filled(few, mask);
      const both = nearly.filter((value, i) => value === 1 && exactly[i] === 1).length;
      const either = nearly.filter((value, i) => value === 1 || exactly[i] === 1).length;
      expect(both / either).toBeGreaterThan(0.85);
      numbers.exact += exact.flat().length;
      numbers.few += few.flat().length;
    }
    expect(numbers.few).toBeLessThan(numbers.exact * 0.8);
  });
});
