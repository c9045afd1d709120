/** What is wrong with a JSON text that JSON.parse would let pass, or null. */
export type JsonFault = { readonly kind: 'deep' } | { readonly kind: 'duplicate'; readonly key: string };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds brackets nested deeper than `maxDepth` and keys that one object gives twice (JSON.parse keeps the last
 * silently). Expects text that JSON.parse accepts.
 */
export function scanJson(text: string, maxDepth: number): JsonFault | null {
  const open: (Set<string> | null)[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      const end = closingQuote(text, i);
      const keys = open.at(-1);
      if (keys && isKey(text, end + 1)) {
        const key = String(JSON.parse(text.slice(i, end + 1)));
        if (keys.has(key)) return { kind: 'duplicate', key };
        keys.add(key);
      }
      i = end;
    } else if (code === 0x7b || code === 0x5b) {
      open.push(code === 0x7b ? new Set() : null);
      if (open.length > maxDepth) return { kind: 'deep' };
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
    }
  }
  return null;
}

function closingQuote(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE) i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  return i;
}

/** In an object a string before a colon is a key, any other a value. */
function isKey(text: string, after: number): boolean {
  let i = after;
  while (i < text.length && text.charCodeAt(i) <= 0x20) i++;
  return text[i] === ':';
}
