const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const START = new RegExp(`^[${SPACE}]+`, 'u');
/** Matched on the text written backwards: a search from each blank to the end would take quadratic time. */
const IS_SPACE = new RegExp(`[${SPACE}]`, 'u');

/** A text without white space at its ends, as Python's `str.strip()` gives it. */
export function pythonStrip(text: string): string {
  let end = text.length;
  while (end > 0 && IS_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(START, '');
}
