import type { GenerationOptions } from '../../language/generation.js';
import type { Frame } from '../../shared/frame.js';

/** A prompt about pictures, given to the model as it is. */
export interface CompletionRequest {
  /** In time order; at least one. */
  readonly frames: readonly Frame[];
  readonly prompt: string;
  readonly options: GenerationOptions;
}

/** A token that was chosen, or could have been. */
export interface LikelyToken {
  /** As the vocabulary has it: with its spaces, `<0xE2>` for a byte. */
  readonly text: string;
  readonly logprob: number;
}

export interface CompletionToken extends LikelyToken {
  /** The likeliest in its place, likeliest first. */
  readonly likeliest: readonly LikelyToken[];
}

/** What is written, piece by piece, and at last how it ended. Tokens come when their text is certain, if asked for. */
export type CompletionEvent =
  | { readonly kind: 'text'; readonly text: string; readonly tokens: readonly CompletionToken[] }
  | {
      readonly kind: 'end';
      /** `length`: the greatest number of tokens was reached. */
      readonly finish: 'stop' | 'length';
      /** Tokens whose text never became certain, such as half a character. */
      readonly tokens: readonly CompletionToken[];
      /** Of the prompt, without pictures. */
      readonly promptTokens: number;
      /** Of all pictures together. */
      readonly imageTokens: number;
      /** All that were chosen, the closing one included. */
      readonly writtenTokens: number;
    };
