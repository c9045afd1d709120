/** The API key a person has pasted, with or without the `Bearer` before it; null when it can be none. */
export function keyIn(text: string): string | null {
  return /^\s*(?:bearer\s+)?([\w-]+)\s*$/i.exec(text)?.[1] ?? null;
}
