/** Least number of letters to put in, take out or change that makes one text the other; in code points. */
export function levenshtein(a: string, b: string): number {
  const from = Array.from(a);
  const to = Array.from(b);
  let row = Uint32Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of from.entries()) {
    const next = new Uint32Array(to.length + 1);
    next[0] = i + 1;
    for (const [j, other] of to.entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next[j + 1] = Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
