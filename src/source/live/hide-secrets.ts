/** A secret of one or two letters would blank out half of every sentence; such a one is none. */
const MIN_LENGTH = 3;

/**
 * Takes credentials out of a text that is shown: those that are known, and whatever stands where URLs have them
 * (before an @, behind a question mark).
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets
    .filter((secret) => secret.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length);
  const known = longestFirst.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
  return known.replace(/(\w:\/\/)[^\s/'"]*@/g, '$1***@').replace(/(\w:\/\/[^\s?'"]*\?)[^\s'"]+/g, '$1***');
}
