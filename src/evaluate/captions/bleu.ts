import type { CountedItem } from './count-captions.js';
import { LONGEST_NGRAM } from './ngram-counts.js';

/** Keep an empty sum from being divided by; the values of the reference. */
const TINY = 1e-15;
const SMALL = 1e-9;

/** What of a corpus BLEU is made of. */
interface Totals {
  readonly guessed: number[];
  readonly right: number[];
  said: number;
  expected: number;
}

/**
 * BLEU-1 to BLEU-4 of a corpus of captions that were counted together: clipped counts, the reference of the closest length (the
 * shorter of two) for the brevity penalty.
 * @source Papineni et al. 2002; pycocoevalcap, `bleu_scorer.py` with `option='closest'`
 */
export function bleu(items: readonly CountedItem[]): readonly [number, number, number, number] {
  const totals: Totals = { guessed: zeros(), right: zeros(), said: 0, expected: 0 };
  for (const item of items) addItem(totals, item);
  const ratio = (totals.said + TINY) / (totals.expected + SMALL);
  const brevity = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1;
  let product = 1;
  const [one = 0, two = 0, three = 0, four = 0] = totals.right.map((right, i) => {
    product *= (right + TINY) / ((totals.guessed[i] ?? 0) + SMALL);
    return product ** (1 / (i + 1)) * brevity;
  });
  return [one, two, three, four];
}

function addItem(totals: Totals, { hypothesis: said, references }: CountedItem): void {
  const most = new Map<number, number>();
  for (const { numbers, times } of references) {
    numbers.forEach((number, i) => most.set(number, Math.max(most.get(number) ?? 0, times[i] ?? 0)));
  }
  said.numbers.forEach((number, i) => {
    const at = (said.lengths[i] ?? 1) - 1;
    totals.right[at] = (totals.right[at] ?? 0) + Math.min(most.get(number) ?? 0, said.times[i] ?? 0);
  });
  for (let length = 1; length <= LONGEST_NGRAM; length++) {
    totals.guessed[length - 1] = (totals.guessed[length - 1] ?? 0) + Math.max(0, said.words - length + 1);
  }
  totals.said += said.words;
  totals.expected += closestLength(
    said.words,
    references.map(({ words }) => words),
  );
}

function closestLength(length: number, lengths: readonly number[]): number {
  const [closest = 0] = [...lengths].sort((a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b);
  return closest;
}

const zeros = (): number[] => new Array<number>(LONGEST_NGRAM).fill(0);
