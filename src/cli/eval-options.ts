import type { ModelOptions } from './model-options.js';

/** The options of `eval`. */
export interface EvalOptions extends ModelOptions {
  readonly data?: string;
  readonly output?: string;
  readonly limit?: number;
  readonly compare?: readonly string[];
  readonly list?: boolean;
  readonly manual?: boolean;
}
