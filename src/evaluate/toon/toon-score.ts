/** One number of a type of task. */
export interface ToonScore {
  readonly type: string;
  /** Such as `cider`, `facts`, `facts/who`, `facts/de`, `accuracy`, `pairs`, `map50`, `miou`, `words`. */
  readonly metric: string;
  /** 0 to 100; CIDEr may be more. */
  readonly score: number;
  /** What the score is a mean over, where it is one: one number (0 to 1) an item, fact or pair. */
  readonly values: readonly number[];
  /** Items of the type. */
  readonly items: number;
}
