import type { Frame } from '../../shared/frame.js';
import type { Box } from '../boxes/box.js';
import type { Mask } from '../boxes/mask.js';

/** One thing a caption should tell, such as who or which way: right when any of the phrases is in it. */
export interface Fact {
  /** What kind of fact it is, such as `who`; recall is told for each kind. */
  readonly kind: string;
  /** Phrases that say it, in the language of the prompt; whole words, in any case. */
  readonly phrases: readonly string[];
}

/** What is true of the scene, as far as the task asks. */
export type ToonTruth =
  /** Free text: CIDEr against the references, and recall of the facts. */
  | { readonly kind: 'caption'; readonly facts: readonly Fact[] }
  /** One of the references, to the letter. */
  | { readonly kind: 'answer' }
  /** A number: digits or a number word up to twenty. */
  | { readonly kind: 'count' }
  /** As `answer`, and right only together with all others of the pair (the clip backwards, or its order swapped). */
  | { readonly kind: 'pair'; readonly pair: string }
  /** `detect`: boxes in shares of the picture, 0 to 1. */
  | { readonly kind: 'boxes'; readonly boxes: readonly { readonly label: string; readonly box: Box }[] }
  /** `segment`: masks of the picture's size. */
  | { readonly kind: 'masks'; readonly masks: readonly { readonly label: string; readonly mask: Mask }[] }
  /** `ocr`: the words of the first reference, in any order. */
  | { readonly kind: 'words' }
  /** A sentence that is true or false; the first reference says which, in any case (`True`, `no`). */
  | { readonly kind: 'statement' };

/** One task of one scene of the toon world. */
export interface ToonItem {
  /** Its own; the same item has the same id in every evaluation. */
  readonly id: string;
  /** What scores are grouped under, such as `count`; all items of a type have truth of one kind. */
  readonly type: string;
  readonly frames: readonly Pick<Frame, 'key' | 'pixels'>[];
  readonly prompt: string;
  /** At least one, but for boxes and masks; three for captions. */
  readonly references: readonly string[];
  readonly truth: ToonTruth;
  /** Code such as `de`; facts of captions are told for each language. English when left out. */
  readonly language?: string;
}
