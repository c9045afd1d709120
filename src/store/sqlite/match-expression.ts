/** A query that names more words is not typed by a person, and each costs a look into the index. */
const MAX_WORDS = 32;

/**
 * The FTS5 expression for text that all words of a query are in; the last one may be the beginning of a word. Null
 * when the query has no word. Every word is quoted, so that no sign of it is an operator.
 */
export function matchExpression(query: string): string | null {
  const words = query.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, MAX_WORDS) ?? [];
  return words.length === 0 ? null : `${words.map((word) => `"${word}"`).join(' ')}*`;
}
