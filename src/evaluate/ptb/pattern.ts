import { type Units, units } from './units.js';

/** A regular language over UTF-16 code units. */
export type Pattern =
  | { readonly kind: 'unit'; readonly units: Units }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number };

/** A pattern, or plain text, which matches in any case. */
export type PatternLike = Pattern | string;

/** One code unit of a set: unlike text it matches in the case that is written. */
export const one = (set: Units): Pattern => ({ kind: 'unit', units: set });

export const sequence = (...parts: readonly PatternLike[]): Pattern => ({
  kind: 'sequence',
  parts: parts.map(toPattern),
});

export const choice = (...parts: readonly PatternLike[]): Pattern => ({
  kind: 'choice',
  parts: parts.map(toPattern),
});

export const repeat = (part: PatternLike, least: number, most = Infinity): Pattern => ({
  kind: 'repeat',
  part: toPattern(part),
  least,
  most,
});

export const maybe = (part: PatternLike): Pattern => repeat(part, 0, 1);
export const some = (part: PatternLike): Pattern => repeat(part, 1);
export const many = (part: PatternLike): Pattern => repeat(part, 0);

/** Words given in one string with blanks between; a leading capital marked `^` must be one (`^Az`). */
export function words(list: string): Pattern {
  return choice(...list.trim().split(/\s+/).map(wordPattern));
}

function wordPattern(word: string): Pattern {
  if (!word.startsWith('^')) return toPattern(word);
  const [, first = '', rest = ''] = /^\^(.)(.*)$/u.exec(word) ?? [];
  return sequence(one(units(first)), rest);
}

function toPattern(part: PatternLike): Pattern {
  if (typeof part !== 'string') return part;
  return {
    kind: 'sequence',
    parts: part.split('').map((unit) => one(units(unit.toLowerCase(), unit.toUpperCase()))),
  };
}
