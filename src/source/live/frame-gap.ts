/** A frame that comes a little early counts: cameras are not exact. */
const EARLY_SECONDS = 0.004;

/** The least seconds between two frames at a rate, as filter expressions write them. */
export function frameGap(framesPerSecond: number): string {
  return Math.max(0, 1 / framesPerSecond - EARLY_SECONDS).toFixed(4);
}
