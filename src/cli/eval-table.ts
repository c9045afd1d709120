import type { Benchmark } from '../evaluate/benchmarks/benchmark.js';
import type { BenchmarkScore } from '../evaluate/run/score-benchmark.js';
import { round } from './eval-round.js';

/** What was evaluated. */
export interface Evaluated {
  readonly benchmark: Benchmark;
  readonly model: string;
  readonly precision: string;
  readonly imageSize: number;
  /** The file of predictions. */
  readonly predictions: string;
}

const MOST_NAMED = 10;

/** The score beside the card's number, for people. */
export function evalTable(evaluated: Evaluated, score: BenchmarkScore): string {
  const { benchmark, model, precision, imageSize, predictions } = evaluated;
  const lines = [`${benchmark.title} (${benchmark.split}), ${model} at ${imageSize}, ${precision}`];
  const rows = score.parts.map(({ name, score: value, interval }) => [
    name,
    value.toFixed(benchmark.metric === 'cider' && name === 'bleu4' ? 3 : 2),
    interval === null ? '' : `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`,
    cardNumber(evaluated, name)?.toString() ?? '',
  ]);
  if (rows.length > 0) lines.push(...columns([['', 'score', '95 % interval', 'card'], ...rows]));
  if (rows.some((row) => row[3] !== '')) {
    lines.push(`card: ${benchmark.card.model}, ${benchmark.card.split}`);
  }
  lines.push(`${score.scored} items scored; predictions in ${predictions}`);
  if (score.unscored > 0) lines.push(`${score.unscored} items have no public answers and predictions only`);
  if (score.unanswered > 0) lines.push(`${score.unanswered} items have no prediction`);
  if (score.missing.length > 0) {
    const more = score.missing.length - MOST_NAMED;
    const named = score.missing.slice(0, MOST_NAMED).join(', ');
    lines.push(`${score.missing.length} files missing: ${named}${more > 0 ? `, and ${more} more` : ''}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The same as one line of JSON. */
export function evalJson(evaluated: Evaluated, score: BenchmarkScore): string {
  const parts = score.parts.map(({ name, score: value, interval }) => ({
    name,
    score: round(value),
    low: interval === null ? null : round(interval.low),
    high: interval === null ? null : round(interval.high),
    card: cardNumber(evaluated, name),
  }));
  return `${JSON.stringify({
    benchmark: evaluated.benchmark.name,
    split: evaluated.benchmark.split,
    model: evaluated.model,
    precision: evaluated.precision,
    image_size: evaluated.imageSize,
    parts,
    scored: score.scored,
    unscored: score.unscored,
    unanswered: score.unanswered,
    missing: score.missing,
    predictions: evaluated.predictions,
  })}\n`;
}

function cardNumber({ benchmark: { card }, imageSize }: Evaluated, part: string): number | null {
  const numbers =
    imageSize === 224 || imageSize === 448 || imageSize === 896 ? card.numbers[imageSize] : null;
  return numbers?.[card.parts.indexOf(part)] ?? null;
}

/** Rows with their columns one below the other, the first to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
