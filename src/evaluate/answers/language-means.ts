import { mean } from './mean.js';

/** Scores of the languages of a benchmark, as the card has them: English, the mean of the others, the mean of all. */
export interface LanguageMeans {
  /** null when there is no English. */
  readonly english: number | null;
  /** null when there is only English. */
  readonly others: number | null;
  readonly all: number;
}

/** @param scores by language code, such as `en` */
export function languageMeans(scores: ReadonlyMap<string, number>): LanguageMeans {
  const others = [...scores].filter(([language]) => language !== 'en').map(([, score]) => score);
  return {
    english: scores.get('en') ?? null,
    others: others.length === 0 ? null : mean(others),
    all: mean([...scores.values()]),
  };
}
