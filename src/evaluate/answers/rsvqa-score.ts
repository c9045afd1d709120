import { mean } from './mean.js';
import { meansBy } from './means-by.js';

export interface RsvqaAnswer {
  /** `comp`, `count`, `presence`, `rural_urban` or `area`. */
  readonly type: string;
  readonly prediction: string;
  readonly references: readonly string[];
}

export interface RsvqaScore {
  readonly byType: ReadonlyMap<string, number>;
  /** Mean over the types without numbers that there are: comparison, presence and, in low resolution, rural or urban. */
  readonly nonNumeric: number;
  /** Mean over all types that there are. */
  readonly average: number;
  /** Mean over all questions. */
  readonly overall: number;
}

const NUMERIC = ['count', 'area'];

/**
 * RSVQA: an answer is right when it equals any reference, both lower-cased; questions count by type.
 * @source big_vision, `evaluators/proj/paligemma/transfers/rsvqa.py`
 */
export function rsvqaScore(answers: readonly RsvqaAnswer[]): RsvqaScore {
  const rights = answers.map(({ type, prediction, references }) => {
    const small = prediction.toLowerCase();
    const isRight = references.some((reference) => reference.toLowerCase() === small);
    return { name: type, value: isRight ? 1 : 0 };
  });
  const byType = meansBy(rights);
  return {
    byType,
    nonNumeric: mean([...byType].filter(([type]) => !NUMERIC.includes(type)).map(([, value]) => value)),
    average: mean([...byType.values()]),
    overall: mean(rights.map(({ value }) => value)),
  };
}
