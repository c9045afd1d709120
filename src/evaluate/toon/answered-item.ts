import type { ToonItem } from './toon-item.js';
import type { ScoredBox } from './toon-reading.js';

/** A task with what the model said, without the pictures. */
export interface AnsweredItem extends Omit<ToonItem, 'frames'> {
  readonly prediction: string;
  /** For truth of the kind `boxes`: what the answer says. */
  readonly boxes?: readonly ScoredBox[];
  /** For truth of the kind `masks`: the mean overlap. */
  readonly overlap?: number;
}
