/** A piece of an excerpt, found or not. */
export interface ExcerptPart {
  readonly text: string;
  readonly isFound: boolean;
}

/** Takes an excerpt of the server apart, whose found words stand in `[` and `]`. */
export function excerptParts(excerpt: string): ExcerptPart[] {
  return excerpt
    .split(/(\[[^\]]*\])/)
    .filter((text) => text !== '')
    .map((text) => {
      const isFound = text.startsWith('[') && text.endsWith(']');
      return { text: isFound ? text.slice(1, -1) : text, isFound };
    });
}
