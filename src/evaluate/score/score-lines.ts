import { RequestError, throwIfCancelled } from '../../shared/errors.js';
import { CaptionCollector } from './caption-collector.js';
import { MeanScorer } from './mean-scorer.js';
import { parseScoreLine } from './score-line.js';
import { ANSWER_METRICS, CAPTION_METRICS, type ScoreMetric } from './score-metrics.js';

/** Scores by metric, as shares of one (CIDEr may be more), in the order asked for. */
export type Scores = Partial<Record<ScoreMetric, number>>;

/**
 * Scores lines of JSON as they come. Answers are forgotten once scored; captions are held, as CIDEr needs them all.
 * Blank lines are passed over.
 * @throws RequestError `bad_score_line`, `no_references`, `nothing_to_score`; CancelledError
 */
export async function scoreLines(
  lines: AsyncIterable<string>,
  metrics: readonly ScoreMetric[],
  signal?: AbortSignal,
): Promise<Scores> {
  const captions = new CaptionCollector();
  const means = new Map<string, MeanScorer>();
  for (const metric of metrics) {
    if (isAnswerMetric(metric)) means.set(metric, new MeanScorer(ANSWER_METRICS[metric]));
  }
  const holdsCaptions = metrics.some((metric) => !isAnswerMetric(metric));
  let number = 0;
  for await (const text of lines) {
    number++;
    if (text.trim() === '') continue;
    throwIfCancelled(signal);
    const line = parseScoreLine(text, number);
    for (const scorer of means.values()) scorer.add(line);
    if (holdsCaptions) captions.add(line);
  }
  const scored = metrics.map((metric) => [metric, scoreOf(metric, means, captions)] as const);
  return Object.fromEntries(scored);
}

function scoreOf(
  metric: ScoreMetric,
  means: ReadonlyMap<string, MeanScorer>,
  captions: CaptionCollector,
): number {
  const all = isAnswerMetric(metric) ? null : captions.result();
  const score = isAnswerMetric(metric) ? means.get(metric)?.score() : all && CAPTION_METRICS[metric](all);
  if (score == null) {
    throw new RequestError(
      'nothing_to_score',
      `there is no line with references that ${JSON.stringify(metric)} could score: give at least one`,
    );
  }
  return score;
}

function isAnswerMetric(metric: ScoreMetric): metric is keyof typeof ANSWER_METRICS {
  return metric in ANSWER_METRICS;
}
