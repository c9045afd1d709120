import type { ModelOptions } from './model-options.js';

/** The options of `eval`. */
export interface EvalOptions extends ModelOptions {
  readonly data?: string;
  readonly output?: string;
  readonly limit?: number;
  /** Of the toon world: the first scene, and which types of task. */
  readonly seed?: number;
  readonly tasks?: readonly string[];
  readonly compare?: readonly string[];
  readonly list?: boolean;
  readonly manual?: boolean;
}
