/** One question of a pair that differ in the picture only. */
export interface PairedAnswer {
  readonly pair: string;
  readonly isRight: boolean;
}

/** MMVP's accuracy: the share of pairs whose questions are all answered right. A question alone is a pair of its own. */
export function pairedAccuracy(answers: readonly PairedAnswer[]): number {
  const pairs = new Map<string, boolean>();
  for (const { pair, isRight } of answers) pairs.set(pair, (pairs.get(pair) ?? true) && isRight);
  return [...pairs.values()].filter(Boolean).length / pairs.size;
}
