import {
  BEFORE_CAPITAL,
  BEFORE_NUMBER,
  BEFORE_SMALL,
  INITIALS,
  INITIALS_OR_LETTER,
  SENTENCE_BEGINNINGS,
} from './abbreviations.js';
import { CAPITALS, DIGITS, LETTERS, WORD_LETTERS } from './caption-letters.js';
import type { LexerRule, Token } from './lexer-rule.js';
import {
  choice,
  many,
  maybe,
  one,
  type Pattern,
  type PatternLike,
  repeat,
  sequence,
  some,
  words,
} from './pattern.js';
import { allBut, hexUnits, unionOf, units } from './units.js';

// How a match is said.
const asIs = (text: string): Token => ({ text });
const nothing = (): Token => ({ text: null });
const say = (text: string) => (): Token => ({ text });
/** `cannot` is two words: the last letters are left for the next token. */
const splitBefore =
  (left: number) =>
  (text: string): Token => {
    const taken = text.length - left;
    return { text: text.slice(0, taken), taken };
  };
/** The full stop of an abbreviation that ends a sentence is said twice: with it, and alone. */
const withStopAgain = (text: string): Token => ({ text, taken: text.length - 1 });
const spaceKept = (text: string): Token => ({ text: text.replaceAll(' ', '\u00a0') });
const bracketsNamed = (text: string): Token => ({
  text: text.replaceAll(' ', '\u00a0').replaceAll('(', '-LRB-').replaceAll(')', '-RRB-'),
});
const ampersandNamed = (text: string): Token => ({ text: text.replace(/&amp;/gi, '&') });

function withoutSoftHyphens(text: string): Token {
  const rest = text.replaceAll('\u00ad', '');
  return { text: rest === '' ? '-' : rest };
}

/** Quotation marks of any form as Penn's: `` and '' . */
const quote =
  (single: string) =>
  (text: string): Token => ({
    text: text
      .replace(/&apos;|'/g, single)
      .replace(/"|&quot;/g, single + single)
      .replace(/[\u0091\u2018\u201b\u2039]/g, '`')
      .replace(/[\u0092\u2019\u203a]/g, "'")
      .replace(/[\u0093\u201c\u00ab]/g, '``')
      .replace(/[\u0094\u201d\u00bb]/g, "''"),
  });

const FRACTIONS: Readonly<Record<string, string>> = {
  '\u00bc': '1/4',
  '\u00bd': '1/2',
  '\u00be': '3/4',
  '\u2153': '1/3',
  '\u2154': '2/3',
};
const CURRENCIES: Readonly<Record<string, string>> = {
  '\u00a2': 'cents',
  '\u00a3': '#',
  '\u0080': '$',
  '\u00a4': '$',
  '\u20a0': '$',
  '\u20ac': '$',
};
const named =
  (names: Readonly<Record<string, string>>) =>
  (text: string): Token => ({ text: names[text] ?? text });

// Characters.
const of = (...parts: readonly string[]): Pattern => one(units(...parts));
const noneOf = (...parts: readonly string[]): Pattern => one(allBut(units(...parts)));
const BLANKS = units(' ', '\t', '\u00a0', '\u2000-\u200a', '\u3000');
const NEWLINES = units('\n-\r', '\u0085', '\u2028', '\u2029');
const blank = one(BLANKS);
const gap = one(unionOf(BLANKS, NEWLINES));
const letter = one(LETTERS);
const digit = one(DIGITS);
const latin = of('a-z', 'A-Z');
const latinOrDigit = of('a-z', 'A-Z', '0-9');
const nought = of('0-9');
const wordLetter = choice(
  one(WORD_LETTERS),
  sequence('&', of('a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'), words('acute grave uml'), ';'),
);
const letterOrDigit = choice(letter, digit);
const wordLetterOrDigit = choice(wordLetter, digit);

// Apostrophes and what hangs on them.
const apostrophe = choice(of("'", '\u0092', '\u2019'), '&apos;');
const apostropheLike = choice(apostrophe, of('`', '\u0091', '\u2018', '\u201b'));
const ending = sequence(apostrophe, choice(of('m', 's', 'd', 'M', 'S', 'D'), words('re ve ll')));
const not = sequence('n', apostropheLike, 't');
const softHyphen = of('\u00ad');

// Markup, which captions from the web are full of.
const tagName = sequence(latin, many(of('A-Z', 'a-z', '0-9', '_', ':', '.', '-')));
const tagValue = choice(sequence("'", many(noneOf("'")), "'"), sequence('"', many(noneOf('"')), '"'));
const attribute = sequence(some(' '), tagName, maybe(sequence(many(' '), '=', many(' '), tagValue)));
const tag = sequence(
  '<',
  choice(
    sequence(of('!', '?'), of('A-Z', 'a-z', '-'), many(noneOf('>', '\r', '\n'))),
    sequence(tagName, many(attribute), many(' '), maybe('/')),
    sequence('/', tagName),
  ),
  many(' '),
  '>',
);
const ampersand = sequence('&amp;');
const sentenceEnd = sequence(gap, choice(gap, one(CAPITALS), tag));

// Words.
const plainWord = sequence(
  wordLetter,
  many(wordLetterOrDigit),
  many(sequence(of('.', '!', '?'), wordLetter, many(wordLetterOrDigit))),
);
/** Before `n't`: a word that does not end in n. */
const wordBeforeNot = sequence(
  many(choice(latin, softHyphen)),
  of('A-M', 'O-Z', 'a-m', 'o-z'),
  many(softHyphen),
);
const apostropheWord = choice(
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
const hyphened = sequence(
  maybe(elided),
  some(letterOrDigit),
  many(sequence(dashes, maybe(elided), some(letterOrDigit))),
);
const slashPart = sequence(some(latinOrDigit), repeat(sequence('-', some(latin)), 0, 2));
const slashed = sequence(slashPart, repeat(sequence(maybe('\\'), '/', slashPart), 1, 2));
const latinHyphened = sequence(
  latinOrDigit,
  many(of('A-Z', 'a-z', '0-9', '.', ',', '\u00ad')),
  some(sequence('-', choice(some(of('A-Z', 'a-z', '0-9', '\u00ad')), sequence(INITIALS, '.')))),
);
const joinedCapitals = sequence(
  some(of('A-Z')),
  some(sequence(choice(of('+', '&'), ampersand), some(of('A-Z')))),
);
const fileName = sequence(
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
const fullAddress = sequence('http', maybe('s'), '://', some(address), addressEnd);
const hostPart = noneOf(...INSIDE_ADDRESS, '{', '}', '.', '!', '?', ',');
// The range from the comma to the underscore shuts capitals and digits out of the part before `.com`.
const barePart = noneOf(...INSIDE_ADDRESS, '`', "'", '{', '}', '.', '!', '?', ',-_', '$');
const bareAddress = sequence(
  choice(
    sequence('www.', some(sequence(some(hostPart), '.')), repeat(latin, 2, 4)),
    sequence(some(sequence(some(barePart), '.')), words('com net org edu')),
  ),
  maybe(pathEnd),
);
const mailPart = noneOf(...INSIDE_ADDRESS, '{', '}', '\u00a0', '.');
const mail = sequence(
  maybe(choice('&lt;', '<')),
  latinOrDigit,
  many(noneOf(...INSIDE_ADDRESS, '{', '}', '\u00a0')),
  '@',
  many(sequence(some(mailPart), '.')),
  some(mailPart),
  maybe(choice('&gt;', '>')),
);
const handle = choice(
  sequence('@', of('a-z', 'A-Z', '_'), many(of('a-z', 'A-Z', '_', '0-9'))),
  sequence('#', some(wordLetter)),
);

// Numbers.
const between = (low: number, high: number, part: Pattern = digit): Pattern => repeat(part, low, high);
const dateSign = of('-', '/');
const date = sequence(between(1, 2), dateSign, between(1, 2), dateSign, between(2, 4));
const number = sequence(
  maybe(of('-', '+')),
  choice(
    some(digit),
    sequence(many(digit), some(sequence(of('.', ':', ',', '\u00ad', '\u066b', '\u066c'), some(digit)))),
  ),
);
const raised = sequence(
  maybe(of('\u207a', '\u207b', '\u208a', '\u208b')),
  choice(some(of('\u2070', '\u00b9', '\u00b2', '\u00b3', '\u2074-\u2079')), some(of('\u2080-\u2089'))),
);
const fraction = sequence(
  maybe(sequence(between(1, 4), of('-', ' ', '\u00a0'))),
  between(1, 4),
  choice(sequence(maybe('\\'), '/'), '\u2044'),
  between(1, 4),
);
const phoneGap = of('-', ' ', '\u00a0');
const plus = maybe(sequence('+', maybe('+')));
const phone = choice(
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
const inSentence = of(',', ';', ':', '\u3001');
const quotes = choice(
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
const doubleQuote = choice('"', '&quot;');
const dots = choice(
  repeat('.', 3, 5),
  sequence(repeat(sequence('.', of(' ', '\u00a0')), 2, 4), '.'),
  of('\u0085', '\u2026'),
);
const smiley = sequence(
  maybe(of('<', '>')),
  of(':', ';', '='),
  maybe(of('-', 'o', '*', "'")),
  of('(', ')', 'D', 'P', 'd', 'p', 'O', '\\', '{', '@', '|', '[', ']'),
);
const eye = of('-', '^', 'x', '=', '~', '<', '>', "'");
const openEye = of('^', 'x', '=', '~', '<', '>', "'");
const face = choice(
  sequence(eye, '_', eye),
  sequence('(', eye, maybe(of('_', '.')), eye, ')'),
  sequence('(', openEye, '-', of('^', 'x', '=', '~', '<', '>', "'", '`'), ')'),
);
const symbol = one(
  unionOf(
    units('+', '%', '&', '~', '^', '|', '\\'),
    hexUnits(
      'a6-a9 ac ae-ba d7 f7 387 5be 5c0 5c3 5c6 5f3 5f4 600-603 606-60a 60c 614 61b 61e 66a 66d 703-70d 7f6-7f8 ' +
        '964 965 e4f 1fbd 2016 2017 2020-2023 2030-2038 203b 203e-2042 2044 207a-207f 208a-208e 2100-214f 2190-21ff ' +
        '2200-2bff 3012 30fb ff01-ff0f ff1a-ff20 ff3b-ff40 ff5b-ff65',
    ),
  ),
);
const named3 = (name: PatternLike): Pattern => sequence('-', name, '-');

const rule = (match: PatternLike, make: LexerRule['make'], before?: PatternLike): LexerRule =>
  before === undefined
    ? { match: sequence(match), make }
    : { match: sequence(match), make, before: sequence(before) };

/**
 * How the Penn Treebank tokenizer of CoreNLP 3.4.1 cuts English captions, which is the one that CIDEr and BLEU are
 * published with. Earlier rules win where two match equally much.
 */
export const CAPTION_RULES: readonly LexerRule[] = [
  rule('c++', asIs),
  rule(words('c# f#'), asIs),
  rule('cannot', splitBefore(3)),
  rule("'twas", splitBefore(3)),
  rule("'tis", splitBefore(2)),
  rule(words('gonna gotta lemme gimme wanna'), splitBefore(2)),
  rule(tag, spaceKept),
  rule(
    choice(sequence('&', words('MD mdash ndash'), ';'), of('\u0096', '\u0097', '\u2013-\u2015')),
    say('--'),
  ),
  rule(ampersand, ampersandNamed),
  rule(sequence('&', choice(words('HT TL UR LR QC QL QR odq cdq'), sequence('#', some(nought))), ';'), asIs),
  rule(plainWord, withoutSoftHyphens, ending),
  rule(wordBeforeNot, withoutSoftHyphens, not),
  rule(plainWord, withoutSoftHyphens),
  rule(apostropheWord, asIs),
  rule(sequence('y', apostrophe), asIs, letter),
  rule(fullAddress, asIs),
  rule(bareAddress, asIs),
  rule(mail, asIs),
  rule(handle, asIs),
  rule(ending, quote("'"), noneOf('A-Z', 'a-z')),
  rule(not, quote("'"), noneOf('A-Z', 'a-z')),
  rule(date, asIs),
  rule(number, withoutSoftHyphens),
  rule(raised, asIs),
  rule(fraction, spaceKept),
  rule(of('\u00bc-\u00be', '\u2153-\u215e'), named(FRACTIONS)),
  rule(
    choice(
      named3(words('RRB LRB RCB LCB RSB LSB')),
      'C.D.s',
      'pro-',
      'anti-',
      sequence('S', choice('&', ampersand), 'P-500'),
      sequence('S', choice('&', ampersand), 'Ls'),
      sequence('Cap', apostrophe, 'n'),
      sequence('c', apostrophe, 'est'),
    ),
    ampersandNamed,
  ),
  rule(slashed, asIs),
  rule(choice(sequence(many(of('A-Z')), '$'), '#'), asIs),
  rule(
    of(
      '\u00a2-\u00a5',
      '\u0080',
      '\u20a0',
      '\u20ac',
      '\u060b',
      '\u0e3f',
      '\u20a4',
      '\uffe0',
      '\uffe1',
      '\uffe5',
      '\uffe6',
    ),
    named(CURRENCIES),
  ),
  rule(
    sequence(INITIALS_OR_LETTER, '.'),
    (text) => (text.length === 2 ? splitBefore(1)(text) : withStopAgain(text)),
    sequence(some(gap), choice(SENTENCE_BEGINNINGS, tag), gap),
  ),
  rule(BEFORE_NUMBER, asIs, sequence(maybe(gap), digit)),
  rule(
    sequence(choice(sequence('pt', of('e', 'y', 'E', 'Y')), 'co'), '.'),
    asIs,
    sequence(blank, words('ltd lim')),
  ),
  rule(BEFORE_SMALL, withStopAgain, sentenceEnd),
  rule(BEFORE_SMALL, asIs, sequence(noneOf(), noneOf())),
  rule(BEFORE_SMALL, withStopAgain),
  rule(sequence(BEFORE_CAPITAL, '.'), asIs),
  rule(BEFORE_CAPITAL, asIs, blank),
  rule(INITIALS_OR_LETTER, asIs, gap),
  rule(sequence(apostrophe, nought, nought), asIs, gap),
  rule(fileName, asIs, choice(gap, of('.', '?', '!', ','))),
  rule(sequence(plainWord, '.'), withoutSoftHyphens, inSentence),
  rule(phone, bracketsNamed),
  rule(doubleQuote, quote('`'), of('A-Z', 'a-z', '0-9', '$')),
  rule(doubleQuote, quote("'")),
  rule('\u007f', nothing),
  rule(choice('<', '&lt;'), say('<')),
  rule(choice('>', '&gt;'), say('>')),
  rule(smiley, bracketsNamed, noneOf('A-Z', 'a-z', '0-9')),
  rule(face, bracketsNamed),
  rule('{', say('-LCB-')),
  rule('}', say('-RCB-')),
  rule('[', say('-LSB-')),
  rule(']', say('-RSB-')),
  rule('(', say('-LRB-')),
  rule(')', say('-RRB-')),
  rule(some('-'), (text) => ({ text: text.length === 3 || text.length === 4 ? '--' : text })),
  rule(dots, say('...')),
  rule(choice(some('@'), some('#'), some('_')), asIs),
  rule(choice(some('*'), repeat('\\*', 1, 3)), asIs),
  rule(inSentence, asIs),
  rule(some(of('?', '!')), asIs),
  rule(
    of('.', '\u00a1', '\u00bf', '\u037e', '\u0589', '\u061f', '\u06d4', '\u0700-\u0702', '\u07fa', '\u3002'),
    asIs,
  ),
  rule('=', asIs),
  rule('/', asIs),
  rule(sequence(latinHyphened, '.'), withoutSoftHyphens, inSentence),
  rule(latinHyphened, withoutSoftHyphens),
  rule(sequence(hyphened, '.'), asIs, inSentence),
  rule(hyphened, asIs),
  rule(sequence(joinedCapitals, '.'), ampersandNamed, inSentence),
  rule(joinedCapitals, ampersandNamed),
  rule("'", quote('`'), sequence(latin, noneOf(' ', '\t', '\n', '\r', '\u00a0'))),
  rule(ending, quote("'")),
  rule(not, quote("'")),
  rule(quotes, quote("'")),
  rule(choice('<<', '>>'), asIs),
  rule(symbol, asIs),
  rule(choice('\0', some(blank), of('\u200b', '\u200e', '\u200f', '\ufeff')), nothing),
  rule('&nbsp;', nothing),
];
