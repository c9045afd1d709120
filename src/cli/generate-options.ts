import type { GenerationFlags } from './generation-options.js';
import type { ModelOptions } from './model-options.js';

/** The options of `generate`. */
export interface GenerateOptions extends ModelOptions, GenerationFlags {
  readonly frames?: string[];
  readonly prompt?: string;
  readonly batch?: string;
  readonly topLogprobs?: number;
}

/** The likeliest ids told for each step of JSON output. */
export const DEFAULT_TOP_LOGPROBS = 5;
