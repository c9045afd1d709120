/** 1 when the prediction is one of the references to the letter, else 0: case and blanks count. */
export function exactMatch(prediction: string, references: readonly string[]): number {
  return references.includes(prediction) ? 1 : 0;
}
