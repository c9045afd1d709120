/** The longest word sequences that are counted. */
export const LONGEST_NGRAM = 4;

/** Word sequences of a text of one to four words, each with its number of times. */
export interface NgramCounts {
  /** Words of the text. */
  readonly words: number;
  /** Distinct sequences, of any length: their numbers; `lengths` (in words) and `times` go with it. */
  readonly numbers: Int32Array;
  readonly lengths: Uint8Array;
  readonly times: Int32Array;
}
