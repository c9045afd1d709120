import type { CountedItem } from './count-captions.js';
import { DocumentFrequency } from './document-frequency.js';
import { LONGEST_NGRAM, type NgramCounts } from './ngram-counts.js';

/** Width of the bell curve by which a caption of another length counts less. */
const SIGMA = 6;
const SCALE = 10;

/** A caption as a vector: a weight for each of its word sequences. */
interface Weighted extends NgramCounts {
  readonly weights: Float64Array;
  /** Euclidean length of the weights, by length of the sequences from one word on. */
  readonly norms: Float64Array;
}

export interface CiderScore {
  /** Mean over the items; the model card prints it times 100. */
  readonly score: number;
  readonly items: readonly number[];
}

/**
 * CIDEr-D (n = 4, sigma = 6) of captions that were counted together. One item alone scores 0, as all its words are in every item.
 * @source Vedantam et al. 2015; pycocoevalcap, `cider_scorer.py`
 */
export function cider(items: readonly CountedItem[]): CiderScore {
  const frequency = new DocumentFrequency();
  for (const { references } of items) frequency.add(references);
  const weigh = (counts: NgramCounts): Weighted => weighted(counts, frequency, Math.log(items.length));
  const scores = items.map(({ hypothesis, references }) => {
    const said = weigh(hypothesis);
    const weightSaid = new Map<number, number>();
    said.numbers.forEach((number, i) => weightSaid.set(number, said.weights[i] ?? 0));
    let sum = 0;
    for (const reference of references) sum += similarity(said, weightSaid, weigh(reference));
    return (sum / LONGEST_NGRAM / references.length) * SCALE;
  });
  return { score: scores.reduce((sum, score) => sum + score, 0) / scores.length, items: scores };
}

function weighted(counts: NgramCounts, frequency: DocumentFrequency, logItems: number): Weighted {
  const { numbers, lengths, times } = counts;
  const weights = new Float64Array(numbers.length);
  const squares = new Float64Array(LONGEST_NGRAM);
  numbers.forEach((number, i) => {
    const weight = (times[i] ?? 0) * (logItems - Math.log(Math.max(1, frequency.of(number))));
    const at = (lengths[i] ?? 1) - 1;
    weights[i] = weight;
    squares[at] = (squares[at] ?? 0) + weight * weight;
  });
  return { ...counts, weights, norms: squares.map(Math.sqrt) };
}

/** How alike two captions are, summed over the lengths of the sequences. */
function similarity(said: Weighted, weightSaid: ReadonlyMap<number, number>, reference: Weighted): number {
  const products = new Float64Array(LONGEST_NGRAM);
  reference.numbers.forEach((number, i) => {
    const weight = weightSaid.get(number);
    if (weight === undefined) return;
    const other = reference.weights[i] ?? 0;
    const at = (reference.lengths[i] ?? 1) - 1;
    products[at] = (products[at] ?? 0) + Math.min(weight, other) * other;
  });
  // The reference takes the number of pairs of words for the length of a caption.
  const difference = Math.max(0, said.words - 1) - Math.max(0, reference.words - 1);
  const penalty = Math.exp(-(difference * difference) / (2 * SIGMA * SIGMA));
  return products.reduce((sum, product, i) => {
    const norms = (said.norms[i] ?? 0) * (reference.norms[i] ?? 0);
    return sum + (norms === 0 ? product : product / norms) * penalty;
  }, 0);
}
