import { anls } from '../answers/anls.js';
import { exactMatch } from '../answers/exact-match.js';
import { relaxedMatch } from '../answers/relaxed-match.js';
import { scienceChoice } from '../answers/science-choice.js';
import { tallyNumber } from '../answers/tally-number.js';
import { vqaAccuracy } from '../answers/vqa-accuracy.js';
import { vqav2Accuracy } from '../answers/vqav2-accuracy.js';
import type { CaptionScores } from '../captions/caption-scores.js';

type AnswerMetric = (prediction: string, references: readonly string[]) => number;

const small = (text: string): string => text.toLowerCase();
const lowered =
  (metric: AnswerMetric): AnswerMetric =>
  (prediction, references) =>
    metric(small(prediction), references.map(small));
const best =
  (metric: (prediction: string, reference: string) => number): AnswerMetric =>
  (prediction, references) =>
    Math.max(...references.map((reference) => metric(prediction, reference)));
const same = (a: unknown, b: unknown): number => (a === b ? 1 : 0);

/** Metrics of one answer, by the name `score` knows them under; lower-cased where their benchmarks do it. */
export const ANSWER_METRICS = {
  exact: exactMatch,
  'exact-lower': lowered(exactMatch),
  vqa: vqaAccuracy,
  vqav2: vqav2Accuracy,
  anls: lowered(anls),
  relaxed: lowered(best(relaxedMatch)),
  tally: best((prediction, reference) => same(tallyNumber(prediction), tallyNumber(reference))),
  pope: best((prediction, reference) => same(small(prediction), reference)),
  science: best((prediction, reference) => same(scienceChoice(prediction), scienceChoice(reference))),
} as const satisfies Record<string, AnswerMetric>;

/** Metrics of all captions together. */
export const CAPTION_METRICS = {
  cider: (scores: CaptionScores) => scores.cider,
  bleu1: (scores: CaptionScores) => scores.bleu[0],
  bleu2: (scores: CaptionScores) => scores.bleu[1],
  bleu3: (scores: CaptionScores) => scores.bleu[2],
  bleu4: (scores: CaptionScores) => scores.bleu[3],
} as const;

export type ScoreMetric = keyof typeof ANSWER_METRICS | keyof typeof CAPTION_METRICS;

export const SCORE_METRICS = [
  ...Object.keys(CAPTION_METRICS),
  ...Object.keys(ANSWER_METRICS),
] as ScoreMetric[];
