import { mean } from './mean.js';
import { meansBy } from './means-by.js';

export interface PopeAnswer {
  /** `random`, `popular` or `adversarial`. */
  readonly split: string;
  readonly prediction: string;
  readonly reference: string;
}

export interface PopeScore {
  /** Mean over the splits, however many questions they have. */
  readonly accuracy: number;
  readonly bySplit: ReadonlyMap<string, number>;
  /** Share of the answers that are `yes` or `no`, over the splits likewise. */
  readonly valid: number;
}

/**
 * POPE: the prediction is lower-cased, the reference is taken as it is.
 * @source big_vision, `evaluators/proj/paligemma/transfers/pope.py`
 */
export function popeScore(answers: readonly PopeAnswer[]): PopeScore {
  const bySplit = meansBy(
    answers.map(({ split, prediction, reference }) => ({
      name: split,
      value: prediction.toLowerCase() === reference ? 1 : 0,
    })),
  );
  const valid = meansBy(
    answers.map(({ split, prediction }) => ({
      name: split,
      value: ['yes', 'no'].includes(prediction.toLowerCase()) ? 1 : 0,
    })),
  );
  return { accuracy: mean([...bySplit.values()]), bySplit, valid: mean([...valid.values()]) };
}
