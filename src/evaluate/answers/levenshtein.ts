/** Least number of letters to put in, take out or change that makes one text the other; in code points. */
export function levenshtein(a: string, b: string): number {
  const from = codePoints(a);
  const to = codePoints(b);
  // row[j]: the distance of what is read of `a` so far to the first j letters of `b`
  const row = Uint32Array.from({ length: to.length + 1 }, (_, j) => j);
  for (const [i, letter] of from.entries()) {
    let corner = i;
    let left = i + 1;
    row[0] = left;
    for (let j = 0; j < to.length; j++) {
      const above = row[j + 1] ?? 0;
      left = Math.min(letter === to[j] ? corner : corner + 1, above + 1, left + 1);
      row[j + 1] = left;
      corner = above;
    }
  }
  return row[to.length] ?? 0;
}

function codePoints(text: string): Uint32Array {
  return Uint32Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
}
