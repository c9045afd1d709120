/** What a model said of one task. */
export interface ToonAnswer {
  /** As it came, without the closing eos. */
  readonly text: string;
  /** The text token by token, with the natural logarithm of each token's probability; the closing eos may follow. */
  readonly steps: readonly { readonly text: string; readonly logprob: number }[];
}
