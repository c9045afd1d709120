/** Seconds between the attempts of a delivery: eleven attempts over a day. */
export const RETRY_SECONDS = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 28_800] as const;

/** A fifth more or less, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * Milliseconds to wait before the next attempt; null when there is none.
 * @param attempts - that were made
 * @param random - from 0 to 1
 */
export function retryWait(attempts: number, random: number): number | null {
  const seconds = RETRY_SECONDS[attempts - 1];
  return seconds === undefined ? null : Math.round(seconds * 1000 * (1 + JITTER * (2 * random - 1)));
}
