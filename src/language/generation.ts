/** How the next token is chosen. */
export type Sampling =
  | { readonly kind: 'greedy' }
  | {
      readonly kind: 'sample';
      readonly temperature: number;
      /** Keep only the k likeliest ids; null keeps all. */
      readonly topK: number | null;
      /** Keep the smallest set of ids whose probability reaches p; null keeps all. */
      readonly topP: number | null;
      readonly seed: number;
    }
  | { readonly kind: 'beam'; readonly beams: number };

export interface GenerationOptions {
  readonly sampling: Sampling;
  readonly maxNewTokens: number;
  /** How many of the likeliest ids to tell for each step; 0 tells none. */
  readonly topLogprobs: number;
  /** The text ends before the first of these; none when left out. */
  readonly stop?: readonly string[];
  /** Whether steps tell their ids in words too. */
  readonly areTokensTold?: boolean;
}

/** One chosen id; the closing eos is a step too, with empty text. */
export interface GenerationStep {
  readonly id: number;
  /** The text this id adds to what was written before (may be empty inside a character or a text that ends it). */
  readonly text: string;
  /** Natural logarithm of the id's probability under the unmodified softmax (image and padding ids masked). */
  readonly logprob: number;
  readonly topIds: readonly number[];
  readonly topLogprobs: readonly number[];
  /** What the id stands for in the vocabulary (`<0xE2>` for a byte), and the likeliest; when asked for, but not of the closing eos. */
  readonly token?: string;
  readonly topTokens?: readonly string[];
}

/** Milliseconds spent in each stage. */
export interface GenerationTiming {
  readonly encodeMs: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
}

/** A whole answer. */
export interface Generation {
  /** Without the closing eos. */
  readonly ids: readonly number[];
  readonly text: string;
  /** One for each id chosen, the closing eos included. */
  readonly steps: readonly GenerationStep[];
  /** `text`: one of the texts came that were to end it. */
  readonly stopped: 'eos' | 'limit' | 'text';
  /** `<bos>`, the prompt, the newline. */
  readonly promptIds: readonly number[];
  /** Of all frames together. */
  readonly imageTokens: number;
  readonly timing: GenerationTiming;
}
