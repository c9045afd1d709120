const ANSWER = /^the answer is ([a-z])\./;

/**
 * The letter of an answer such as `The answer is B.`, small; null when the text does not begin so.
 * @source big_vision, `evaluators/proj/paligemma/transfers/science_qa.py`
 */
export function scienceChoice(text: string): string | null {
  return ANSWER.exec(text.toLowerCase())?.[1] ?? null;
}
