import { BugError } from '../../src/shared/errors.js';
import type { Comparison } from './compare.js';

const BEGIN = '<!-- table: bench/precision.ts -->';
const END = '<!-- end of table -->';

export interface ComparisonRow {
  readonly precision: string;
  readonly comparison: Comparison;
}

/** A Markdown table, one column a precision. */
export function comparisonTable(rows: readonly ComparisonRow[], requests: number, scenes: number): string {
  const line = (label: string, tell: (comparison: Comparison) => string) =>
    `| ${label} | ${rows.map(({ comparison }) => tell(comparison)).join(' | ')} |`;
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const groups = [...(rows[0]?.comparison.scores.keys() ?? [])].sort();
  const lines = [
    `Over ${requests} prompts on ${scenes} pictures and ${scenes} clips of 8 frames, ` +
      `${rows[0]?.comparison.steps ?? 0} steps of float32's greedy answers:`,
    '',
    `| | ${rows.map(({ precision }) => precision).join(' | ')} |`,
    `|---|${rows.map(() => '---:|').join('')}`,
    line('change of log-probability, mean', ({ meanChange }) => meanChange.toFixed(4)),
    line('change of log-probability, 99th percentile', ({ p99Change }) => p99Change.toFixed(3)),
    line('divergence from float32, nats a step', ({ divergence }) => divergence.toFixed(4)),
    line('same likeliest id', ({ sameChoice }) => percent(sameChoice)),
    line('same answer, word for word', ({ sameAnswer }) => percent(sameAnswer)),
    ...groups.map((group) => line(`right ${group}`, ({ scores }) => percent(scores.get(group) ?? 0))),
  ];
  return `${lines.join('\n')}\n`;
}

/** The document with its table replaced. */
export function withTable(document: string, table: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new BugError('precision_document', `no place for the table: ${BEGIN} is missing`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${table}\n${document.slice(end)}`;
}
