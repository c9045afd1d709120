/** White space as Python's `str.split` and `str.strip` see it: not JavaScript's. */
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const RUNS = new RegExp(`[${SPACE}]+`, 'u');

/** The words of a text, as Python's `str.split()` gives them. */
export function pythonSplit(text: string): string[] {
  return text.split(RUNS).filter((word) => word !== '');
}
