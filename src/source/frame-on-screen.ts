/**
 * The number of the last frame that begins at or before a time: the one on screen then.
 *
 * @param seconds rising
 * @returns -1 when all begin later
 */
export function frameOnScreen(seconds: ArrayLike<number>, atSeconds: number): number {
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seconds[middle] ?? Infinity) <= atSeconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
