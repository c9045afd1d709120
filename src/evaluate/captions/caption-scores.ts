import { tokenizeCaption } from '../ptb/tokenize-caption.js';
import { bleu } from './bleu.js';
import { cider } from './cider.js';
import { type CaptionItem, countCaptions } from './count-captions.js';

/** A caption as it was written, with its references. */
export interface RawCaption {
  readonly prediction: string;
  readonly references: readonly string[];
}

export interface CaptionScores {
  readonly cider: number;
  /** CIDEr of each item, in the order they came. */
  readonly items: readonly number[];
  /** BLEU-1 to BLEU-4. */
  readonly bleu: readonly [number, number, number, number];
}

/** CIDEr-D and BLEU of captions as written: tokenized as the reference does it, all texts of all items in a row. */
export function captionScores(captions: readonly RawCaption[]): CaptionScores {
  const items = countCaptions(tokenized(captions));
  const { score, items: each } = cider(items);
  return { cider: score, items: each, bleu: bleu(items) };
}

/** Each text is tokenized with the one after it in sight: see `tokenizeCaption`. */
function* tokenized(captions: readonly RawCaption[]): Generator<CaptionItem> {
  for (const [i, { prediction, references }] of captions.entries()) {
    const following = captions[i + 1];
    yield {
      hypothesis: tokenizeCaption(prediction, following?.prediction ?? null),
      references: references.map((text, j) =>
        tokenizeCaption(text, references[j + 1] ?? following?.references[0] ?? null),
      ),
    };
  }
}
