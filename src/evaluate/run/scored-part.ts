/** One number of a benchmark's score, with what it is a mean of. */
export interface ScoredPart {
  /** Such as `accuracy`, `cider`, `en`, `adversarial`. */
  readonly name: string;
  /** As the card prints it: times 100, but for BLEU. */
  readonly score: number;
  /**
   * Values of the items (or pairs), by group: the score is 100 times the mean of the means of the groups. Keyed by the
   * item's id, so that two evaluations can be held against each other. Null for what is no mean of items.
   */
  readonly groups: readonly ReadonlyMap<string, number>[] | null;
}
