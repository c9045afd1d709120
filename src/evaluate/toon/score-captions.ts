import { mean } from '../answers/mean.js';
import { captionScores } from '../captions/caption-scores.js';
import type { AnsweredItem } from './answered-item.js';
import { tellsFact } from './fact-recall.js';
import type { ToonScore } from './toon-score.js';

/** CIDEr times 100 of captions, and the share of the facts they tell: of all, of each kind, of each language. */
export function scoreCaptions(type: string, items: readonly AnsweredItem[]): ToonScore[] {
  const { items: ciders } = captionScores(items);
  const facts = items.flatMap(({ truth, prediction, language = 'en' }) =>
    truth.kind !== 'caption'
      ? []
      : truth.facts.map((fact) => ({ kind: fact.kind, language, told: tellsFact(prediction, fact) ? 1 : 0 })),
  );
  const score = (metric: string, values: readonly number[]): ToonScore => ({
    type,
    metric,
    score: 100 * mean(values),
    values,
    items: items.length,
  });
  const recall = (metric: string, kept: typeof facts): ToonScore[] =>
    kept.length === 0
      ? []
      : [
          score(
            metric,
            kept.map(({ told }) => told),
          ),
        ];
  const kinds = [...new Set(facts.map(({ kind }) => kind))];
  const languages = [...new Set(facts.map(({ language }) => language))];
  return [
    score('cider', ciders),
    ...recall('facts', facts),
    ...kinds.flatMap((kind) =>
      recall(
        `facts/${kind}`,
        facts.filter((fact) => fact.kind === kind),
      ),
    ),
    ...languages.flatMap((code) =>
      recall(
        `facts/${code}`,
        facts.filter(({ language }) => language === code),
      ),
    ),
  ];
}
