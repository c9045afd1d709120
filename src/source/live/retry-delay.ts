/** A fifth more or less, so that cameras that failed together do not come back together. */
const JITTER = 0.2;

/**
 * Seconds until the next attempt.
 *
 * @param failures how many attempts have failed in a row, from 1
 * @param delays the waits by number of failures; the last holds for all that follow
 * @param random from 0 to 1
 */
export function retryDelay(failures: number, delays: readonly number[], random: number): number {
  const delay = delays[Math.min(failures, delays.length) - 1] ?? 0;
  return delay * (1 - JITTER + 2 * JITTER * random);
}
