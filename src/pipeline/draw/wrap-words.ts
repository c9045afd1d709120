const ELLIPSIS = '\u2026';

/**
 * Breaks text into lines that are no wider than allowed, at spaces, or inside a word that alone is too wide.
 *
 * @param widthOf what a line measures
 * @param maxLines what does not fit into so many is left out, with an ellipsis
 */
export function wrapWords(
  text: string,
  widthOf: (line: string) => number,
  maxWidth: number,
  maxLines: number,
): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= maxWidth)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...breakWord(word, widthOf, maxWidth));
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept[maxLines - 1] = shorten(`${kept[maxLines - 1] ?? ''}${ELLIPSIS}`, widthOf, maxWidth);
  return kept;
}

/** Cuts a line so that it and an ellipsis fit; at least the ellipsis stays. */
export function shorten(line: string, widthOf: (line: string) => number, maxWidth: number): string {
  let letters = Array.from(line);
  if (widthOf(line) <= maxWidth) return line;
  if (letters.at(-1) === ELLIPSIS) letters = letters.slice(0, -1);
  while (letters.length > 0 && widthOf(`${letters.join('')}${ELLIPSIS}`) > maxWidth) letters.pop();
  return `${letters.join('').trimEnd()}${ELLIPSIS}`;
}

function breakWord(word: string, widthOf: (line: string) => number, maxWidth: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (part !== '' && widthOf(part + letter) > maxWidth) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part];
}
