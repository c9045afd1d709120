import { exactMatch } from '../answers/exact-match.js';
import { mean } from '../answers/mean.js';
import { tallyNumber } from '../answers/tally-number.js';
import { averagePrecision } from '../boxes/average-precision.js';
import { BugError } from '../../shared/errors.js';
import { pythonStrip } from '../text/python-strip.js';
import type { AnsweredItem } from './answered-item.js';
import { scoreCaptions } from './score-captions.js';
import type { ToonScore } from './toon-score.js';
import { wordRecall } from './word-recall.js';

const MATCHING_OVERLAP = 0.5;

/** The scores of all items of one type. */
export function scoreType(type: string, items: readonly AnsweredItem[]): ToonScore[] {
  const kinds = [...new Set(items.map(({ truth }) => truth.kind))];
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new BugError(
      'mixed_toon_type',
      `tasks of the type ${JSON.stringify(type)} have truths of the kinds ${kinds.join(', ')}: give each kind a type`,
    );
  }
  const means = (metric: string, values: readonly number[]): ToonScore => ({
    type,
    metric,
    score: 100 * mean(values),
    values,
    items: items.length,
  });
  const exact = items.map(({ prediction, references }) => exactMatch(prediction, references));
  switch (kind) {
    case 'caption':
      return scoreCaptions(type, items);
    case 'answer':
      return [means('accuracy', exact)];
    case 'count':
      return [
        means(
          'accuracy',
          items.map(({ prediction, references }) =>
            exactMatch(tallyNumber(prediction), references.map(tallyNumber)),
          ),
        ),
      ];
    case 'pair':
      return [means('accuracy', exact), means('pairs', pairs(items, exact))];
    case 'boxes':
      return [{ type, metric: 'map50', score: 100 * precision(items), values: [], items: items.length }];
    case 'masks':
      return [
        means(
          'miou',
          items.map(({ overlap = 0 }) => overlap),
        ),
      ];
    case 'words':
      return [
        means(
          'words',
          items.map(({ prediction, references }) => wordRecall(prediction, references[0] ?? '')),
        ),
        means('accuracy', exact),
      ];
    case 'statement':
      return [
        means(
          'accuracy',
          items.map(({ prediction, references }) =>
            small(prediction) === small(references[0] ?? '') ? 1 : 0,
          ),
        ),
      ];
  }
}

function pairs(items: readonly AnsweredItem[], exact: readonly number[]): number[] {
  const right = new Map<string, number>();
  items.forEach(({ truth }, i) => {
    if (truth.kind === 'pair') right.set(truth.pair, Math.min(right.get(truth.pair) ?? 1, exact[i] ?? 0));
  });
  return [...right.values()];
}

function precision(items: readonly AnsweredItem[]): number {
  const found = items.flatMap(({ id, boxes = [] }) => boxes.map((box) => ({ picture: id, ...box })));
  const truth = items.flatMap(({ id, truth: known }) =>
    known.kind === 'boxes' ? known.boxes.map((box) => ({ picture: id, ...box })) : [],
  );
  return averagePrecision(found, truth, MATCHING_OVERLAP).mean;
}

const small = (text: string): string => pythonStrip(text).toLowerCase();
