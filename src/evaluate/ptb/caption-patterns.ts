import { INITIALS } from './abbreviations.js';
import { CAPITALS, DIGITS, LETTERS, WORD_LETTERS } from './caption-letters.js';
import {
  choice,
  many,
  maybe,
  one,
  repeat,
  sequence,
  some,
  words,
  type Pattern,
  type PatternLike,
} from './pattern.js';
import { allBut, hexUnits, unionOf, units } from './units.js';

// Characters.
export const of = (...parts: readonly string[]): Pattern => one(units(...parts));
export const noneOf = (...parts: readonly string[]): Pattern => one(allBut(units(...parts)));
const BLANKS = units(' ', '\t', '\u00a0', '\u2000-\u200a', '\u3000');
const NEWLINES = units('\n-\r', '\u0085', '\u2028', '\u2029');
export const blank = one(BLANKS);
export const gap = one(unionOf(BLANKS, NEWLINES));
export const letter = one(LETTERS);
export const digit = one(DIGITS);
export const latin = of('a-z', 'A-Z');
const latinOrDigit = of('a-z', 'A-Z', '0-9');
export const nought = of('0-9');
const wordLetter = choice(
  one(WORD_LETTERS),
  sequence('&', of('a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'), words('acute grave uml'), ';'),
);
const letterOrDigit = choice(letter, digit);
const wordLetterOrDigit = choice(wordLetter, digit);

// Apostrophes and what hangs on them.
export const apostrophe = choice(of("'", '\u0092', '\u2019'), '&apos;');
const apostropheLike = choice(apostrophe, of('`', '\u0091', '\u2018', '\u201b'));
export const ending = sequence(apostrophe, choice(of('m', 's', 'd', 'M', 'S', 'D'), words('re ve ll')));
export const not = sequence('n', apostropheLike, 't');
const softHyphen = of('\u00ad');

// Markup, which captions from the web are full of.
const tagName = sequence(latin, many(of('A-Z', 'a-z', '0-9', '_', ':', '.', '-')));
const tagValue = choice(sequence("'", many(noneOf("'")), "'"), sequence('"', many(noneOf('"')), '"'));
const attribute = sequence(some(' '), tagName, maybe(sequence(many(' '), '=', many(' '), tagValue)));
export const tag = sequence(
  '<',
  choice(
    sequence(of('!', '?'), of('A-Z', 'a-z', '-'), many(noneOf('>', '\r', '\n'))),
    sequence(tagName, many(attribute), many(' '), maybe('/')),
    sequence('/', tagName),
  ),
  many(' '),
  '>',
);
export const ampersand = sequence('&amp;');
export const sentenceEnd = sequence(gap, choice(gap, one(CAPITALS), tag));

// Words.
export const plainWord = sequence(
  wordLetter,
  many(wordLetterOrDigit),
  many(sequence(of('.', '!', '?'), wordLetter, many(wordLetterOrDigit))),
);
/** Before `n't`: a word that does not end in n. */
export const wordBeforeNot = sequence(
  many(choice(latin, softHyphen)),
  of('A-M', 'O-Z', 'a-m', 'o-z'),
  many(softHyphen),
);
export const apostropheWord = choice(
  sequence(apostrophe, 'n', maybe(apostrophe)),
  sequence(of('l', 'L', 'd', 'D', 'j', 'J'), apostrophe),
  sequence(words('Dunkin somethin ol'), apostrophe),
  sequence(apostrophe, words('em til till cause')),
  sequence(of('A-H', 'J-X', 'Z', 'n'), apostropheLike, letter, letter, many(letter)),
  sequence(apostrophe, of('2-9'), '0s'),
  sequence(
    some(letter),
    of('a', 'e', 'i', 'o', 'u', 'y', 'A', 'E', 'I', 'O', 'U', 'Y'),
    apostropheLike,
    of('a', 'e', 'i', 'o', 'u', 'A-Z'),
    many(letter),
  ),
  words("cont'd cont'd. 'twas nor'easter c'mon e'er s'mores ev'ry li'l nat'l"),
  sequence('o', apostropheLike, 'o'),
);
const dashes = of('-', '_', '\u058a', '\u2010', '\u2011');
const elided = sequence(of('d', 'D', 'o', 'O', 'l', 'L'), apostropheLike, letterOrDigit);
export const hyphened = sequence(
  maybe(elided),
  some(letterOrDigit),
  many(sequence(dashes, maybe(elided), some(letterOrDigit))),
);
const slashPart = sequence(some(latinOrDigit), repeat(sequence('-', some(latin)), 0, 2));
export const slashed = sequence(slashPart, repeat(sequence(maybe('\\'), '/', slashPart), 1, 2));
export const latinHyphened = sequence(
  latinOrDigit,
  many(of('A-Z', 'a-z', '0-9', '.', ',', '\u00ad')),
  some(sequence('-', choice(some(of('A-Z', 'a-z', '0-9', '\u00ad')), sequence(INITIALS, '.')))),
);
export const joinedCapitals = sequence(
  some(of('A-Z')),
  some(sequence(choice(of('+', '&'), ampersand), some(of('A-Z')))),
);
export const fileName = sequence(
  some(wordLetterOrDigit),
  many(sequence('.', some(wordLetterOrDigit))),
  '.',
  words(
    'bat bmp c class cgi cpp dll doc docx exe gif gz h htm html jar java jpeg jpg mov mp3 pdf php pl png ppt ps py ' +
      'sql tar txt wav x xml zip',
  ),
);

// Addresses.
const INSIDE_ADDRESS = [' ', '\t', '\n', '\f', '\r', '"', '<', '>', '|', '(', ')'];
const address = noneOf(...INSIDE_ADDRESS, '{', '}');
const addressEnd = noneOf(...INSIDE_ADDRESS, '{', '}', '.', '!', '?', ',', '-');
const pathEnd = sequence('/', some(noneOf(...INSIDE_ADDRESS)), addressEnd);
export const fullAddress = sequence('http', maybe('s'), '://', some(address), addressEnd);
const hostPart = noneOf(...INSIDE_ADDRESS, '{', '}', '.', '!', '?', ',');
// The range from the comma to the underscore shuts capitals and digits out of the part before `.com`.
const barePart = noneOf(...INSIDE_ADDRESS, '`', "'", '{', '}', '.', '!', '?', ',-_', '$');
export const bareAddress = sequence(
  choice(
    sequence('www.', some(sequence(some(hostPart), '.')), repeat(latin, 2, 4)),
    sequence(some(sequence(some(barePart), '.')), words('com net org edu')),
  ),
  maybe(pathEnd),
);
const mailPart = noneOf(...INSIDE_ADDRESS, '{', '}', '\u00a0', '.');
export const mail = sequence(
  maybe(choice('&lt;', '<')),
  latinOrDigit,
  many(noneOf(...INSIDE_ADDRESS, '{', '}', '\u00a0')),
  '@',
  many(sequence(some(mailPart), '.')),
  some(mailPart),
  maybe(choice('&gt;', '>')),
);
export const handle = choice(
  sequence('@', of('a-z', 'A-Z', '_'), many(of('a-z', 'A-Z', '_', '0-9'))),
  sequence('#', some(wordLetter)),
);

// Numbers.
const between = (low: number, high: number, part: Pattern = digit): Pattern => repeat(part, low, high);
const dateSign = of('-', '/');
export const date = sequence(between(1, 2), dateSign, between(1, 2), dateSign, between(2, 4));
export const number = sequence(
  maybe(of('-', '+')),
  choice(
    some(digit),
    sequence(many(digit), some(sequence(of('.', ':', ',', '\u00ad', '\u066b', '\u066c'), some(digit)))),
  ),
);
export const raised = sequence(
  maybe(of('\u207a', '\u207b', '\u208a', '\u208b')),
  choice(some(of('\u2070', '\u00b9', '\u00b2', '\u00b3', '\u2074-\u2079')), some(of('\u2080-\u2089'))),
);
export const fraction = sequence(
  maybe(sequence(between(1, 4), of('-', ' ', '\u00a0'))),
  between(1, 4),
  choice(sequence(maybe('\\'), '/'), '\u2044'),
  between(1, 4),
);
const phoneGap = of('-', ' ', '\u00a0');
const plus = maybe(sequence('+', maybe('+')));
export const phone = choice(
  sequence(
    choice(
      sequence('(', between(2, 3, nought), ')', maybe(of(' ', '\u00a0'))),
      sequence(plus, maybe(sequence(between(2, 4, nought), phoneGap)), between(2, 4, nought), phoneGap),
    ),
    between(3, 4, nought),
    maybe(phoneGap),
    between(3, 5, nought),
  ),
  sequence(
    maybe(sequence(plus, between(2, 4, nought), '.')),
    between(2, 4, nought),
    '.',
    between(3, 4, nought),
    '.',
    between(3, 5, nought),
  ),
);

// Marks.
export const inSentence = of(',', ';', ':', '\u3001');
export const quotes = choice(
  apostrophe,
  "''",
  repeat(
    of(
      '`',
      '\u2018',
      '\u2019',
      '\u201a',
      '\u201b',
      '\u201c',
      '\u201d',
      '\u0091-\u0094',
      '\u201e',
      '\u201f',
      '\u2039',
      '\u203a',
      '\u00ab',
      '\u00bb',
    ),
    1,
    2,
  ),
);
export const doubleQuote = choice('"', '&quot;');
export const dots = choice(
  repeat('.', 3, 5),
  sequence(repeat(sequence('.', of(' ', '\u00a0')), 2, 4), '.'),
  of('\u0085', '\u2026'),
);
export const smiley = sequence(
  maybe(of('<', '>')),
  of(':', ';', '='),
  maybe(of('-', 'o', '*', "'")),
  of('(', ')', 'D', 'P', 'd', 'p', 'O', '\\', '{', '@', '|', '[', ']'),
);
const eye = of('-', '^', 'x', '=', '~', '<', '>', "'");
const openEye = of('^', 'x', '=', '~', '<', '>', "'");
export const face = choice(
  sequence(eye, '_', eye),
  sequence('(', eye, maybe(of('_', '.')), eye, ')'),
  sequence('(', openEye, '-', of('^', 'x', '=', '~', '<', '>', "'", '`'), ')'),
);
export const symbol = one(
  unionOf(
    units('+', '%', '&', '~', '^', '|', '\\'),
    hexUnits(
      'a6-a9 ac ae-ba d7 f7 387 5be 5c0 5c3 5c6 5f3 5f4 600-603 606-60a 60c 614 61b 61e 66a 66d 703-70d 7f6-7f8 ' +
        '964 965 e4f 1fbd 2016 2017 2020-2023 2030-2038 203b 203e-2042 2044 207a-207f 208a-208e 2100-214f 2190-21ff ' +
        '2200-2bff 3012 30fb ff01-ff0f ff1a-ff20 ff3b-ff40 ff5b-ff65',
    ),
  ),
);
export const named3 = (name: PatternLike): Pattern => sequence('-', name, '-');
