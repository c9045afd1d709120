import type { Mask } from './mask.js';

/** Outlines are walked on a grid five times as fine as the picture. */
const FINE = 5;

/**
 * The pixels inside outlines, to the pixel as COCO's own tools draw them: where the fine outline goes from one column
 * of pixels' middle to the next, the pixels below change sides.
 * @param polygons corners of each outline, `[x0, y0, x1, y1, ...]`, pixels
 * @source pycocotools, `annToMask`
 */
export function polygonMask(polygons: readonly (readonly number[])[], width: number, height: number): Mask {
  const data = new Uint8Array(width * height);
  for (const polygon of polygons) {
    let inside = 0;
    const changes = changesOf(polygon, width, height);
    for (let x = 0; x < width; x++) {
      for (let y = 0; y < height; y++) {
        inside ^= changes[x * height + y] ?? 0;
        if (inside === 1) data[y * width + x] = 1;
      }
    }
  }
  return { width, height, data };
}

/** Column by column, 1 where inside and outside change. */
function changesOf(polygon: readonly number[], width: number, height: number): Uint8Array {
  const changes = new Uint8Array(width * height + 1);
  const points = [...outline(polygon)];
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before === undefined || before.x === point.x) return;
    const fineColumn = point.x < before.x ? point.x : point.x - 1;
    const column = (fineColumn + 0.5) / FINE - 0.5;
    if (!Number.isInteger(column) || column < 0 || column > width - 1) return;
    const row = Math.ceil(Math.min(height, Math.max(0, (Math.min(point.y, before.y) + 0.5) / FINE - 0.5)));
    const place = column * height + row;
    changes[place] = (changes[place] ?? 0) ^ 1;
  });
  return changes;
}

/** All points of the fine grid along an outline, each edge from its first corner to its second. */
function* outline(polygon: readonly number[]): Generator<{ x: number; y: number }> {
  const corners = Array.from({ length: Math.floor(polygon.length / 2) }, (_, i) => ({
    x: Math.trunc(FINE * (polygon[2 * i] ?? 0) + 0.5),
    y: Math.trunc(FINE * (polygon[2 * i + 1] ?? 0) + 0.5),
  }));
  for (const [i, from] of corners.entries()) {
    const to = corners[(i + 1) % corners.length] ?? from;
    const [across, down] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    const isFlat = across >= down;
    // Rounding goes by the edge's lower end, whichever way it is walked.
    const isTurned = isFlat ? from.x > to.x : from.y > to.y;
    const [start, end] = isTurned ? [to, from] : [from, to];
    const steps = Math.max(across, down);
    const slope = steps === 0 ? 0 : isFlat ? (end.y - start.y) / across : (end.x - start.x) / down;
    for (let step = 0; step <= steps; step++) {
      const t = isTurned ? steps - step : step;
      yield isFlat
        ? { x: start.x + t, y: Math.trunc(start.y + slope * t + 0.5) }
        : { x: Math.trunc(start.x + slope * t + 0.5), y: start.y + t };
    }
  }
}
