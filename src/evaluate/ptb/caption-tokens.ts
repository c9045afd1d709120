import type { Token } from './lexer-rule.js';

// How a match is said.
export const asIs = (text: string): Token => ({ text });
export const nothing = (): Token => ({ text: null });
export const say = (text: string) => (): Token => ({ text });
/** `cannot` is two words: the last letters are left for the next token. */
export const splitBefore =
  (left: number) =>
  (text: string): Token => {
    const taken = text.length - left;
    return { text: text.slice(0, taken), taken };
  };
/** The full stop of an abbreviation that ends a sentence is said twice: with it, and alone. */
export const withStopAgain = (text: string): Token => ({ text, taken: text.length - 1 });
export const spaceKept = (text: string): Token => ({ text: text.replaceAll(' ', '\u00a0') });
export const bracketsNamed = (text: string): Token => ({
  text: text.replaceAll(' ', '\u00a0').replaceAll('(', '-LRB-').replaceAll(')', '-RRB-'),
});
export const ampersandNamed = (text: string): Token => ({ text: text.replace(/&amp;/gi, '&') });

export function withoutSoftHyphens(text: string): Token {
  const rest = text.replaceAll('\u00ad', '');
  return { text: rest === '' ? '-' : rest };
}

/** Quotation marks of any form as Penn's: `` and '' . */
export const quote =
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

export const FRACTIONS: Readonly<Record<string, string>> = {
  '\u00bc': '1/4',
  '\u00bd': '1/2',
  '\u00be': '3/4',
  '\u2153': '1/3',
  '\u2154': '2/3',
};
export const CURRENCIES: Readonly<Record<string, string>> = {
  '\u00a2': 'cents',
  '\u00a3': '#',
  '\u0080': '$',
  '\u00a4': '$',
  '\u20a0': '$',
  '\u20ac': '$',
};
export const named =
  (names: Readonly<Record<string, string>>) =>
  (text: string): Token => ({ text: names[text] ?? text });
