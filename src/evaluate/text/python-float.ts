import { pythonStrip } from './python-strip.js';

const NUMBER = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;

/** A text as Python's `float()` reads it: blanks around, `1_000`, `inf`, `nan`, digits of any script; null when it does not. */
export function pythonFloat(text: string): number | null {
  const plain = pythonStrip(text).replace(/\p{Nd}/gu, asciiDigit);
  const infinite = INFINITY.exec(plain);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(plain)) return NaN;
  return NUMBER.test(plain) ? Number(plain.replaceAll('_', '')) : null;
}

/** Digits of a script stand in a row of ten, zero first. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
