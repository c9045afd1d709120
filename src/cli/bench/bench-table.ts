import type { MachineLimits } from './machine-limits.js';
import type { TowerFigures } from './measure-towers.js';

/** All that one run of `bench` found out about one model. */
export interface BenchReport {
  readonly model: string;
  readonly parameters: number;
  readonly threads: number;
  readonly limits: MachineLimits;
  readonly figures: readonly TowerFigures[];
}

/** A table for people, one column a precision, with the ratio to the first column. */
export function benchTable({ model, parameters, threads, limits, figures }: BenchReport): string {
  const [first] = figures;
  const rows: string[][] = [['', ...figures.map(({ precision }) => precision)]];
  const add = (label: string, unit: string, tell: (figure: TowerFigures) => number, isRate: boolean) => {
    const reference = first === undefined ? 0 : tell(first);
    rows.push([
      `${label}, ${unit}`,
      ...figures.map((figure) => {
        const value = tell(figure);
        const ratio = isRate ? value / reference : reference / value;
        return `${Number(value.toPrecision(3))}${figure === first ? '' : ` (${ratio.toFixed(2)}x)`}`;
      }),
    ]);
  };
  add('first start', 's', ({ firstStart }) => firstStart.wallMs / 1000, false);
  add('warm start', 's', ({ warmStart }) => warmStart.wallMs / 1000, false);
  add('resident memory', 'MB', ({ residentBytes }) => residentBytes / 1e6, false);
  add('vision', 'ms a frame', ({ visionPerFrame }) => visionPerFrame.wallMs, false);
  first?.prefixes.forEach(({ rows: prefix }, i) => {
    const of = (figure: TowerFigures) => figure.prefixes[i];
    const rate = (count: number, wallMs: number | undefined) => (1000 * count) / (wallMs ?? NaN);
    add(`prefill of ${prefix}`, 'tokens/s', (figure) => rate(prefix, of(figure)?.prefill.wallMs), true);
    add(`decode at ${prefix}`, 'tokens/s', (figure) => rate(1, of(figure)?.step.wallMs), true);
    add(
      `decode at ${prefix}, 4 at once`,
      'tokens/s',
      (figure) => rate(4, of(figure)?.stepOfFour.wallMs),
      true,
    );
  });
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  return (
    `${model}: ${(parameters / 1e6).toFixed(1)} M parameters, ${threads} threads; this machine: ` +
    `${limits.gigaflops.toFixed(0)} GFLOP/s, reads ${limits.gigabytesPerSecond.toFixed(1)} GB/s\n\n${lines.join('\n')}\n`
  );
}
