import type { Box } from '../boxes/box.js';
import type { ToonItem } from './toon-item.js';

/** A task with what the model said, without the pictures. */
export interface AnsweredItem extends Omit<ToonItem, 'frames'> {
  readonly prediction: string;
  /** For truth of the kind `boxes`: what the text says. */
  readonly boxes?: readonly { readonly label: string; readonly box: Box }[];
  /** For truth of the kind `masks`: the mean overlap. */
  readonly overlap?: number;
}
