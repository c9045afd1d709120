import type { ThingsBody } from '../live/event-bodies.js';
import type { SeenDrawing, SeenThing } from './seen-drawing.js';

/** What was found in a frame, as it is drawn. */
export function lookOf({
  seconds,
  end_seconds: endSeconds,
  found,
}: ThingsBody): SeenDrawing['looks'][number] {
  const things = found.map(({ label, track, box, mask }): SeenThing => {
    const { y_min: yMin, x_min: xMin, y_max: yMax, x_max: xMax } = box;
    return { label, track, box: { yMin, xMin, yMax, xMax }, mask: null, rle: mask ?? null };
  });
  return { seconds, endSeconds: Math.max(endSeconds, seconds + SHORTEST_SECONDS), things };
}

/** A look without length would not be drawn. */
const SHORTEST_SECONDS = 0.001;
