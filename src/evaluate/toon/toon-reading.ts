import type { Box } from '../boxes/box.js';
import type { Mask } from '../boxes/mask.js';
import type { ToonAnswer } from './toon-answer.js';

/** A box in shares of the picture, 0 to 1, and how sure the model is of it, 0 to 1. */
export interface ScoredBox {
  readonly label: string;
  readonly box: Box;
  readonly score: number;
}

/** How the model's answer is read where it stands for boxes or masks. */
export interface ToonReading {
  /** What is malformed is left out. */
  boxes(answer: ToonAnswer): readonly ScoredBox[];
  /** Masks of a picture of that size. */
  masks(
    text: string,
    size: { readonly width: number; readonly height: number },
  ): Promise<readonly { readonly label: string; readonly mask: Mask }[]>;
}
