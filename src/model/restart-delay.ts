const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * Milliseconds from a death of the model process until it is forked again. The first death after an answer costs no
 * wait; one that dies again and again is forked less and less often, so that it does not eat the machine.
 * @param deaths - since the last answer, this one included
 */
export function restartDelayMs(deaths: number): number {
  return deaths <= 1 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (deaths - 2));
}
