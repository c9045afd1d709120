import type { Problem } from './detection.js';

/** What stands between boxes, before the first or after the last, as problems; separators and spaces are none. */
export function leftovers(between: string): Problem[] {
  return between
    .split(';')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ reason: reasonFor(text), text }));
}

function reasonFor(text: string): string {
  const locations = text.match(/<loc\d{4}>/g)?.length ?? 0;
  if (locations === 1) return 'there is 1 location token, and 4 in a row make a box';
  if (locations > 1) return `there are ${locations} location tokens, and 4 in a row make a box`;
  if (/<seg\d{3}>/.test(text)) return 'there are mask tokens without a box before them';
  return 'this text belongs to no box';
}
