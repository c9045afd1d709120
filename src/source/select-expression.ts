/** Before and after every frame; ffmpeg's expressions have no infinity. */
const FAR_SECONDS = 1e9;

/**
 * An expression of ffmpeg's `select` filter that is true for the wanted frames alone.
 *
 * Frames are told apart by their time `t`, with the borders half-way to their neighbours, so that another
 * rounding of a timestamp changes nothing. The ranges form a balanced tree: 300 cost 9 comparisons.
 *
 * @param seconds the timeline as the container counts it (its zero not yet taken off)
 * @param wanted numbers in it, rising, at least one
 */
export function selectExpression(seconds: ArrayLike<number>, wanted: readonly number[]): string {
  const ranges: { low: number; high: number; last: number }[] = [];
  for (const frame of wanted) {
    const high = border(seconds, frame + 1);
    const open = ranges.at(-1);
    if (open?.last === frame - 1) {
      open.high = high;
      open.last = frame;
    } else {
      ranges.push({ low: border(seconds, frame), high, last: frame });
    }
  }
  return tree(ranges);
}

/** Half-way between a frame and the one before it. */
function border(seconds: ArrayLike<number>, frame: number): number {
  const before = seconds[frame - 1];
  const after = seconds[frame];
  if (before === undefined) return -FAR_SECONDS;
  return after === undefined ? FAR_SECONDS : (before + after) / 2;
}

function tree(ranges: readonly { low: number; high: number }[]): string {
  const [only] = ranges;
  if (only === undefined) return '0';
  if (ranges.length === 1) return `between(t,${only.low.toFixed(6)},${only.high.toFixed(6)})`;
  const middle = ranges.length >>> 1;
  const split = (ranges[middle]?.low ?? 0).toFixed(6);
  return `if(lt(t,${split}),${tree(ranges.slice(0, middle))},${tree(ranges.slice(middle))})`;
}
