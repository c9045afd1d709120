import { mean } from '../answers/mean.js';
import { captionScores } from '../captions/caption-scores.js';
import { groupBy } from '../lists/group-by.js';
import { ANSWER_METRICS } from '../score/score-metrics.js';
import type { Answered } from './answered.js';
import type { ScoredPart } from './scored-part.js';

type BenchmarkMetric = (items: readonly Answered[]) => ScoredPart[];
type Values = ReadonlyMap<string, number>;

function part(name: string, groups: readonly Values[]): ScoredPart {
  return { name, score: 100 * mean(groups.map((values) => mean([...values.values()]))), groups };
}

function valuesOf(items: readonly Answered[], metric: keyof typeof ANSWER_METRICS): Values {
  return new Map(
    items.map(({ id, prediction, references }) => [id, ANSWER_METRICS[metric](prediction, references)]),
  );
}

function groupsOf(items: readonly Answered[]): Map<string, Answered[]> {
  return groupBy(items, ({ group = '' }) => group);
}

/** The mean over all items, and of each group that there is. */
const overall =
  (metric: keyof typeof ANSWER_METRICS): BenchmarkMetric =>
  (items) => {
    const groups = [...groupsOf(items)].filter(([group]) => group !== '');
    return [
      part('accuracy', [valuesOf(items, metric)]),
      ...(groups.length < 2 ? [] : groups.map(([group, list]) => part(group, [valuesOf(list, metric)]))),
    ];
  };

/** The mean of the means of the groups, and each of them. */
const ofGroups =
  (metric: keyof typeof ANSWER_METRICS): BenchmarkMetric =>
  (items) => {
    const groups = [...groupsOf(items)].map(([name, list]) => ({ name, values: valuesOf(list, metric) }));
    return [
      part(
        'mean',
        groups.map(({ values }) => values),
      ),
      ...groups.map(({ name, values }) => part(name, [values])),
    ];
  };

function ciders(items: readonly Answered[]): { values: Values; bleu4: number } {
  const { items: scores, bleu } = captionScores(items);
  return { values: new Map(items.map(({ id }, i) => [id, scores[i] ?? NaN])), bleu4: bleu[3] };
}

const captions: BenchmarkMetric = (items) => {
  const { values, bleu4 } = ciders(items);
  return [part('cider', [values]), { name: 'bleu4', score: bleu4, groups: null }];
};

/** Each language by itself, with its own weights of words; then English, the mean of the others, of all. */
const languages: BenchmarkMetric = (items) => {
  const each = [...groupsOf(items)].map(([name, list]) => ({ name, values: ciders(list).values }));
  const means = (name: string, kept: typeof each): ScoredPart[] =>
    kept.length === 0
      ? []
      : [
          part(
            name,
            kept.map(({ values }) => values),
          ),
        ];
  return [
    ...means(
      'en',
      each.filter(({ name }) => name === 'en'),
    ),
    ...means(
      'others',
      each.filter(({ name }) => name !== 'en'),
    ),
    ...means('all', each),
    ...each.filter(({ name }) => name !== 'en').map(({ name, values }) => part(name, [values])),
  ];
};

const pope: BenchmarkMetric = (items) => {
  const valid = [...groupsOf(items).values()].map(
    (list) =>
      new Map(
        list.map(({ id, prediction }) => [id, ['yes', 'no'].includes(prediction.toLowerCase()) ? 1 : 0]),
      ),
  );
  return [...ofGroups('pope')(items), part('valid', valid)];
};

/** Mean of the types of each split; splits are what stands before the stroke in `split/type`. */
const rsvqa: BenchmarkMetric = (items) => {
  const splits = groupBy(groupsOf(items), ([group]) =>
    group.includes('/') ? (group.split('/')[0] ?? '') : 'mean',
  );
  return [...splits].flatMap(([split, types]) => [
    part(
      split,
      types.map(([, list]) => valuesOf(list, 'exact-lower')),
    ),
    ...types.map(([type, list]) => part(type, [valuesOf(list, 'exact-lower')])),
  ]);
};

const paired: BenchmarkMetric = (items) => {
  const right = valuesOf(items, 'exact-lower');
  const pairs = groupBy(items, ({ id, pair = id }) => pair);
  const values = new Map(
    [...pairs].map(([pair, list]) => [pair, Math.min(...list.map(({ id }) => right.get(id) ?? 0))]),
  );
  return [part('pairs', [values]), part('accuracy', [right])];
};

const overlaps: BenchmarkMetric = (items) =>
  [...groupsOf(items)].map(([name, list]) =>
    part(name, [new Map(list.map(({ id, overlap = 0 }) => [id, overlap]))]),
  );

/** How the answers of a benchmark are scored, by the names benchmarks call it by. */
export const BENCHMARK_METRICS = {
  cider: captions,
  'cider-languages': languages,
  vqav2: overall('vqav2'),
  vqa: overall('vqa'),
  exact: overall('exact'),
  'exact-lower': overall('exact-lower'),
  'exact-groups': ofGroups('exact'),
  anls: overall('anls'),
  'relaxed-groups': ofGroups('relaxed'),
  pope,
  tally: overall('tally'),
  science: overall('science'),
  rsvqa,
  'paired-accuracy': paired,
  'mean-iou': overlaps,
} as const satisfies Record<string, BenchmarkMetric>;

export type MetricName = keyof typeof BENCHMARK_METRICS;
