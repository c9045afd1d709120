import type { Box } from '../boxes/box.js';
import type { Mask } from '../boxes/mask.js';

/** How the model's text is read where it stands for boxes or masks. */
export interface ToonReading {
  /** Boxes in shares of the picture, 0 to 1; what is malformed is left out. */
  boxes(text: string): readonly { readonly label: string; readonly box: Box }[];
  /** Masks of a picture of that size. */
  masks(
    text: string,
    size: { readonly width: number; readonly height: number },
  ): Promise<readonly { readonly label: string; readonly mask: Mask }[]>;
}
