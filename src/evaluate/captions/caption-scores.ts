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

/** Each text is tokenized with those after it in sight: see `tokenizeCaption`. */
function* tokenized(captions: readonly RawCaption[]): Generator<CaptionItem> {
  const predictions = tokenizedLines(captions.map(({ prediction }) => prediction));
  const references = tokenizedLines(captions.flatMap((caption) => caption.references));
  for (const caption of captions) {
    yield {
      hypothesis: predictions.next().value ?? [],
      references: caption.references.map(() => references.next().value ?? []),
    };
  }
}

function* tokenizedLines(lines: readonly string[]): Generator<string[], undefined> {
  let filled = 0; // the first line after this one that is not blank
  for (const [i, line] of lines.entries()) {
    if (filled <= i) filled = i + 1;
    while (filled < lines.length && lines[filled]?.trim() === '') filled++;
    // two line ends tell as much as any number of them
    yield tokenizeCaption(line, lines.slice(Math.max(i + 1, filled - 1), filled + 1));
  }
}
