import { describe, expect, it } from 'vitest';
import { bleu as bleuOf } from '../../../src/evaluate/captions/bleu.js';
import { captionScores } from '../../../src/evaluate/captions/caption-scores.js';
import { cider as ciderOf } from '../../../src/evaluate/captions/cider.js';
import { type CaptionItem, countCaptions } from '../../../src/evaluate/captions/count-captions.js';
import { tokenizeCaption } from '../../../src/evaluate/ptb/tokenize-caption.js';

const item = (hypothesis: string, ...references: string[]) => ({
  hypothesis: hypothesis.split(' ').filter((word) => word !== ''),
  references: references.map((text) => text.split(' ')),
});

const cider = (items: CaptionItem[]) => ciderOf(countCaptions(items));
const bleu = (items: CaptionItem[]) => bleuOf(countCaptions(items));

/** paligemma.md, section 11.4. */
const GOLDEN = [
  item(
    'a man is playing the guitar',
    'a man is playing a guitar on stage',
    'a person plays the guitar',
    'a man plays guitar for a crowd',
  ),
  item(
    'a woman is slicing a cucumber',
    'a woman is cutting vegetables',
    'someone slices a cucumber with a knife',
    'a woman slices a cucumber',
  ),
  item(
    'a cat sleeps on a couch',
    'two dogs run across the grass',
    'dogs are running in a field',
    'two dogs running outside',
  ),
];

describe('cider', () => {
  it('gives the golden scores', () => {
    const { score, items } = cider(GOLDEN);
    expect(score).toBeCloseTo(1.5744286785081947, 12);
    expect(items[0]).toBeCloseTo(2.5597754389721534, 12);
    expect(items[1]).toBeCloseTo(2.16351059655243, 12);
    expect(items[2]).toBe(0);
  });

  it('gives 10 to an item said to the letter', () => {
    const { score, items } = cider([item('a b c d', 'a b c d'), item('e f x y', 'e f g h')]);
    expect(items[0]).toBeCloseTo(10, 12);
    expect(score).toBeCloseTo(6.0416666666666, 10);
  });

  it('gives 0 to one item alone, as all its words are in every item', () => {
    expect(cider([item('a b', 'a b')]).score).toBe(0);
  });

  it('counts a word said often only as often as the reference has it', () => {
    // one word of two: the cosine is 1 / (2 * sqrt 2), unclipped it would be twice that; one length of four
    const [first] = cider([item('dog dog', 'dog runs'), item('x', 'x')]).items;
    expect(first).toBeCloseTo(10 / (4 * 2 * Math.SQRT2), 12);
  });

  it('gives 0 to nothing said', () => {
    expect(cider([item('', 'a b'), item('c', 'c')]).items[0]).toBe(0);
  });
});

describe('bleu', () => {
  it('gives the golden scores', () => {
    const expected = [0.66666667, 0.55777335, 0.42685972, 0.30489707];
    bleu(GOLDEN).forEach((score, i) => {
      expect(score).toBeCloseTo(expected[i] ?? NaN, 8);
    });
  });

  it('takes the shorter of two references equally close in length', () => {
    // said 3 words; 2 and 4 are equally far; with 2 there is no penalty
    expect(bleu([item('a b c', 'a b', 'a b c d')])[0]).toBeCloseTo(1, 8);
  });

  it('punishes what is too short', () => {
    expect(bleu([item('a b', 'a b c d')])[0]).toBeCloseTo(Math.exp(-1), 8);
  });
});

describe('captionScores', () => {
  it('compares without case and punctuation', () => {
    const { items } = captionScores([
      { prediction: 'A Dog, runs!', references: ['a dog runs'] },
      { prediction: 'the cat sits', references: ['birds fly'] },
    ]);
    expect(items[0]).toBeCloseTo(7.5, 10); // of four lengths, three words have three
  });

  it('looks past captions of nothing for what ends a sentence', () => {
    const after = (next: string) =>
      captionScores([
        { prediction: 'vitamin c.', references: ['vitamin c.'] },
        { prediction: '', references: ['It is'] },
        { prediction: next, references: ['x'] },
      ]).items[0];
    // "It" begins a sentence, so that the full stop is a token of its own, and dropped, in prediction and reference
    expect(after('It is')).toBeGreaterThan(after('dogs run') ?? NaN);
  });

  it('takes no more time for a long caption than its length', () => {
    const words = tokenizeCaption('&'.repeat(50_000)); // each may yet begin the name of a mailbox
    expect(words).toHaveLength(50_000);
  });
});
