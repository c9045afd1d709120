/** A score with as many digits as mean something. */
export function round(score: number): number {
  return Number(score.toFixed(4));
}
