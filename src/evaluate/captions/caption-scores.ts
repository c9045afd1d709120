import { tokenizeCaption } from '../ptb/tokenize-caption.js';
import { bleu } from './bleu.js';
import type { CaptionItem } from './caption-item.js';
import { cider } from './cider.js';

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
  const items = tokenizeAll(captions);
  const { score, items: each } = cider(items);
  return { cider: score, items: each, bleu: bleu(items) };
}

/** Each text is tokenized with the one after it in sight: see `tokenizeCaption`. */
function tokenizeAll(captions: readonly RawCaption[]): CaptionItem[] {
  const known = new Map<string, string>();
  const tokenize = (text: string, next: string | null): string[] =>
    tokenizeCaption(text, next).map((word) => shared(word, known));
  return captions.map(({ prediction, references }, i) => {
    const following = captions[i + 1];
    return {
      hypothesis: tokenize(prediction, following?.prediction ?? null),
      references: references.map((text, j) =>
        tokenize(text, references[j + 1] ?? following?.references[0] ?? null),
      ),
    };
  });
}

/** The same string for the same word: 100,000 items hold some millions of words. */
function shared(word: string, known: Map<string, string>): string {
  const first = known.get(word);
  if (first !== undefined) return first;
  known.set(word, word);
  return word;
}
