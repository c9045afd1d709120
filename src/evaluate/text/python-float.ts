/** White space that `float()` passes over at the ends: that of `str.strip()` without the four separators of ASCII. */
const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;
/** Nothing in it can be read in two ways, so that a long text takes no longer than its length. */
const NUMBER = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;

/** A text as Python's `float()` reads it: blanks around, `1_000`, `inf`, `nan`, digits of any script; null when it does not. */
export function pythonFloat(text: string): number | null {
  const plain = withoutSpace(text).replace(/(?![0-9])\p{Nd}/gu, asciiDigit);
  const infinite = INFINITY.exec(plain);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(plain)) return NaN;
  return NUMBER.test(plain) ? Number(plain.replaceAll('_', '')) : null;
}

function withoutSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text.charAt(start))) start++;
  while (start < end && SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Digits of a script stand in a row of ten, zero first. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
