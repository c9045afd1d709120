import { mean } from './mean.js';
import { tallyNumber } from './tally-number.js';

export interface TallyAnswer {
  readonly prediction: string;
  readonly reference: string;
  /** null when the question is of neither kind (those from Visual Genome). */
  readonly isSimple: boolean | null;
}

/** Accuracies; NaN where there is no question. */
export interface TallyScore {
  readonly accuracy: number;
  readonly simple: number;
  readonly complex: number;
}

export function tallyScore(answers: readonly TallyAnswer[]): TallyScore {
  const rights = (kept: readonly TallyAnswer[]): number =>
    mean(
      kept.map(({ prediction, reference }) => (tallyNumber(prediction) === tallyNumber(reference) ? 1 : 0)),
    );
  return {
    accuracy: rights(answers),
    simple: rights(answers.filter(({ isSimple }) => isSimple === true)),
    complex: rights(answers.filter(({ isSimple }) => isSimple === false)),
  };
}
