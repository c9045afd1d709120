import { pythonSplit } from '../text/python-split.js';
import { VQAV2_WORDS } from './vqav2-words.js';

/** In the order in which they are taken out. */
const MARKS = [
  ';',
  '/',
  '[',
  ']',
  '"',
  '{',
  '}',
  '(',
  ')',
  '=',
  '+',
  '\\',
  '_',
  '-',
  '>',
  '<',
  '@',
  '`',
  ',',
  '?',
  '!',
];
const ARTICLES = new Set(['a', 'an', 'the']);

/**
 * An answer as VQAv2 compares it: marks taken out or made blanks, full stops that no digit follows taken out, small
 * letters, no articles, numbers as digits, contractions with apostrophes.
 *
 * Whether a mark is taken out is looked up in the text as it was; a number such as `1,000` takes all marks out.
 * @source big_vision, `evaluators/proj/paligemma/transfers/vqav2.py`, after the official evaluation of VQA
 */
export function vqav2Text(text: string): string {
  const hasThousands = /\p{Nd},\p{Nd}/u.test(text);
  let rest = text;
  for (const mark of MARKS) {
    const isLoose = hasThousands || text.includes(`${mark} `) || text.includes(` ${mark}`);
    rest = rest.replaceAll(mark, isLoose ? '' : ' ');
  }
  rest = rest.replace(/\.(?!\p{Nd})/gu, '');
  const words = pythonSplit(rest.toLowerCase()).filter((word) => !ARTICLES.has(word));
  return words.map((word) => VQAV2_WORDS.get(word) ?? word).join(' ');
}
