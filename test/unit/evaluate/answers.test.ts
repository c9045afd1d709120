import { describe, expect, it } from 'vitest';
import { anls } from '../../../src/evaluate/answers/anls.js';
import { exactMatch } from '../../../src/evaluate/answers/exact-match.js';
import { languageMeans } from '../../../src/evaluate/answers/language-means.js';
import { levenshtein } from '../../../src/evaluate/answers/levenshtein.js';
import { pairedAccuracy } from '../../../src/evaluate/answers/paired-accuracy.js';
import { popeScore } from '../../../src/evaluate/answers/pope-score.js';
import { relaxedMatch } from '../../../src/evaluate/answers/relaxed-match.js';
import { rsvqaScore } from '../../../src/evaluate/answers/rsvqa-score.js';
import { scienceChoice } from '../../../src/evaluate/answers/science-choice.js';
import { scienceScore } from '../../../src/evaluate/answers/science-score.js';
import { tallyScore } from '../../../src/evaluate/answers/tally-score.js';
import { vqaAccuracy } from '../../../src/evaluate/answers/vqa-accuracy.js';
import { vqav2Accuracy } from '../../../src/evaluate/answers/vqav2-accuracy.js';
import { vqav2Text } from '../../../src/evaluate/answers/vqav2-text.js';
import { pythonFloat } from '../../../src/evaluate/text/python-float.js';
import { pythonSplit } from '../../../src/evaluate/text/python-split.js';
import { pythonStrip } from '../../../src/evaluate/text/python-strip.js';

const times = (count: number, text: string) => new Array<string>(count).fill(text);

describe('vqaAccuracy', () => {
  it.each([
    [0, 0],
    [1, 1 / 3],
    [2, 2 / 3],
    [3, 1],
    [9, 1],
  ])('gives to an answer %d people gave %d', (count, score) => {
    expect(vqaAccuracy('cat', [...times(count, 'cat'), ...times(10 - count, 'dog')])).toBeCloseTo(score, 12);
  });

  it('knows case', () => {
    expect(vqaAccuracy('Cat', times(10, 'cat'))).toBe(0);
    expect(exactMatch('Cat', ['cat'])).toBe(0);
  });
});

describe('vqav2Accuracy', () => {
  it.each([
    [1, 0.3],
    [2, 0.6],
    [3, 0.9],
    [4, 1],
  ])('gives to an answer %d of ten people gave %d, each left out once', (count, score) => {
    expect(vqav2Accuracy('cat', [...times(count, 'cat'), ...times(10 - count, 'dog')])).toBeCloseTo(
      score,
      12,
    );
  });

  it('leaves texts as they are when all people agree', () => {
    expect(vqav2Accuracy('the cat', times(10, 'cat'))).toBe(0);
    expect(vqav2Accuracy(' cat\n', times(10, 'cat'))).toBe(1);
    expect(vqav2Accuracy('the cat', [...times(9, 'cat'), 'dog'])).toBe(1);
  });
});

describe('vqav2Text', () => {
  it.each([
    ['The two dogs', '2 dogs'],
    ['red/blue', 'red blue'],
    ['red/ blue', 'red blue'],
    ['x,y', 'x y'],
    ['1,000-2', '10002'], // a comma between digits takes all marks out
    ['5.5 p.m.', '5.5 pm'],
    ['dont', "don't"],
    ["somebody'd", 'somebodyd'],
    ['I am an A.', 'i am'],
  ])('makes of %j %j', (text, expected) => {
    expect(vqav2Text(text)).toBe(expected);
  });
});

describe('anls', () => {
  it('counts what is nearest, and nothing that is half wrong', () => {
    expect(anls('abcd', ['abcx', 'zzzz'])).toBe(0.75);
    expect(anls('ab', ['ax'])).toBe(0); // a half exactly
    expect(anls('', [''])).toBe(1);
    expect(anls('a', [''])).toBe(0);
    expect(anls('', ['a'])).toBe(0);
  });

  it('counts letters, not halves of pairs', () => {
    expect(levenshtein('\u{1f436}', '\u{1f431}')).toBe(1);
    expect(levenshtein('kitten', 'sitting')).toBe(3);
  });
});

describe('relaxedMatch', () => {
  it.each([
    ['105', '100', 1],
    ['105.1', '100', 0],
    ['5%', '0.05', 1],
    ['0.0', '0', 0],
    ['0', '0', 1],
    ['cat', 'cat', 1],
    ['cat', '5', 0],
    ['1_000', '1000', 1],
    [' 1e3 ', '1000', 1],
    ['inf', 'inf', 0],
    ['nan', 'nan', 0],
    ['-95', '-100', 1],
  ])('holds %j against %j: %d', (prediction, reference, score) => {
    expect(relaxedMatch(prediction, reference)).toBe(score);
  });
});

describe('texts as Python has them', () => {
  it('reads numbers', () => {
    expect(['1.', '.5', '\u0661\u0662', '+1e-3', '0x10', '1__0', '', '\u00bd'].map(pythonFloat)).toEqual([
      1,
      0.5,
      12,
      0.001,
      null,
      null,
      null,
      null,
    ]);
  });

  it('passes over no separator of ASCII before a number, and stops at a long text that is none', () => {
    expect(['\x1c5', '\xa05\u2003', '\t5\n'].map(pythonFloat)).toEqual([null, 5, 5]);
    expect(pythonFloat(`${'1'.repeat(200_000)}x`)).toBeNull(); // takes minutes where digits can be shared out
  });

  it('knows its white space', () => {
    expect(pythonSplit('\x1ca\u00a0b\ufeffc\u0085')).toEqual(['a', 'b\ufeffc']);
    expect(pythonStrip(' \u2003a b\x1f')).toBe('a b');
    expect(pythonStrip('\ufeff')).toBe('\ufeff');
  });
});

describe('scores of benchmarks', () => {
  it('counts a pair when both are right', () => {
    const answers = [
      { pair: '1', isRight: true },
      { pair: '1', isRight: true },
      { pair: '2', isRight: true },
      { pair: '2', isRight: false },
    ];
    expect(pairedAccuracy(answers)).toBe(0.5);
  });

  it('means the splits of POPE', () => {
    const answer = (split: string, prediction: string) => ({ split, prediction, reference: 'yes' });
    const score = popeScore([
      answer('random', 'Yes'),
      answer('random', 'yes'),
      answer('popular', 'maybe'),
      answer('adversarial', 'no'),
    ]);
    expect(score.accuracy).toBeCloseTo(1 / 3, 12);
    expect(score.valid).toBeCloseTo(2 / 3, 12);
    expect(Object.fromEntries(score.bySplit)).toEqual({ random: 1, popular: 0, adversarial: 0 });
  });

  it('takes number words for digits in TallyQA', () => {
    const score = tallyScore([
      { prediction: 'Two', reference: '2', isSimple: true },
      { prediction: '3', reference: '4', isSimple: false },
      { prediction: 'twenty', reference: '20', isSimple: null },
    ]);
    expect(score).toEqual({ accuracy: 2 / 3, simple: 1, complex: 0 });
  });

  it('reads the letter of a ScienceQA answer at the beginning only', () => {
    expect(scienceChoice('The answer is B. Because')).toBe('b');
    expect(scienceChoice('So the answer is B.')).toBeNull();
    expect(scienceChoice('The answer is B')).toBeNull();
    const reference = 'The answer is A.';
    expect(
      scienceScore([
        { prediction: 'the answer is a.', reference },
        { prediction: 'A', reference },
      ]),
    ).toEqual({ accuracy: 0.5, failed: 0.5 });
  });

  it('means the types of RSVQA without numbers', () => {
    const score = rsvqaScore([
      { type: 'comp', prediction: 'Yes', references: ['yes'] },
      { type: 'comp', prediction: 'no', references: ['yes'] },
      { type: 'presence', prediction: 'no', references: ['yes', 'No'] },
      { type: 'count', prediction: '1', references: ['2'] },
    ]);
    expect(score.nonNumeric).toBe(0.75);
    expect(score.average).toBe(0.5);
    expect(score.overall).toBe(0.5);
  });

  it('means languages with and without English', () => {
    const means = languageMeans(
      new Map([
        ['en', 100],
        ['de', 50],
        ['fr', 60],
      ]),
    );
    expect(means).toEqual({ english: 100, others: 55, all: 70 });
    expect(languageMeans(new Map([['de', 50]]))).toEqual({ english: null, others: 50, all: 50 });
  });
});
