import { contours } from 'd3-contour';
import simplify from 'simplify-js';
import type { Mask } from './detection.js';

/** Corners of one outline, `[x0, y0, x1, y1, ...]`, pixels; closed without repeating the first. */
export type Polygon = readonly number[];

/** Fewer corners are no area, and pycocotools takes four numbers for a box. */
const FEWEST_CORNERS = 3;

/** A tenth: a part a pixel or two wide loses all of its area within half a pixel. */
const MOST_AREA_LOST = 0.1;

/**
 * The outlines of a mask as a COCO annotation holds them: one polygon for every separate part, pixel (x, y) being
 * the square from (x, y) to (x + 1, y + 1). COCO's polygons know no holes, so holes are filled; `maskRle` keeps them.
 *
 * @param tolerance how far, in pixels, the outline may leave the true one to spare corners; 0 spares only those on straight lines
 */
export function maskPolygons({ width, height, data }: Mask, tolerance = 0.5): Polygon[] {
  const [inside] = contours().size([width, height]).smooth(false).thresholds([0.5])(
    data as unknown as number[],
  ); // declared as number[], read as any array
  const outlines = (inside?.coordinates ?? []).map(([outer = []]) => outer);
  return outlines.map((ring) => corners(ring, tolerance).flatMap(({ x, y }) => [x, y]));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners of an outline, fewer where that is allowed; a thin part that would vanish keeps all it needs. */
function corners(ring: readonly (readonly number[])[], tolerance: number): readonly Point[] {
  const points = ring.slice(0, -1).map(([x = 0, y = 0]) => ({ x, y }));
  const fewer = simplify(points, tolerance, true);
  const keepsArea = Math.abs(area(fewer) / area(points) - 1) <= MOST_AREA_LOST;
  return fewer.length >= FEWEST_CORNERS && keepsArea ? fewer : simplify(points, 0, true);
}

function area(points: readonly Point[]): number {
  let twice = 0;
  let before = points.at(-1);
  for (const point of points) {
    if (before !== undefined) twice += before.x * point.y - point.x * before.y;
    before = point;
  }
  return Math.abs(twice) / 2;
}
