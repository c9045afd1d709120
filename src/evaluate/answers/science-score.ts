import { mean } from './mean.js';
import { scienceChoice } from './science-choice.js';

export interface ScienceScore {
  readonly accuracy: number;
  /** Share of the predictions that name no letter. */
  readonly failed: number;
}

/** ScienceQA: references are such as `The answer is A.` and are read as predictions are; two that fail are equal. */
export function scienceScore(
  answers: readonly { readonly prediction: string; readonly reference: string }[],
): ScienceScore {
  return {
    accuracy: mean(
      answers.map(({ prediction, reference }) =>
        scienceChoice(prediction) === scienceChoice(reference) ? 1 : 0,
      ),
    ),
    failed: mean(answers.map(({ prediction }) => (scienceChoice(prediction) === null ? 1 : 0))),
  };
}
