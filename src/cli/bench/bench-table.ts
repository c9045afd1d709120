import type { BenchReport, EngineReport } from './report.js';
import { median } from './median.js';
import { ratioOf, type Row } from './summary.js';
import { tableRows } from './table-rows.js';

const NOTHING = '-';

/** Tables for people: every engine's figures, then how many times better each of ours is than each peer. */
export function benchTable(report: BenchReport): string {
  const { model, parameters, threads, limits, engines, clock } = report;
  const rows = tableRows(report);
  const present = engines.filter(({ rounds }) => rounds.length > 0);
  const absent = engines.filter(({ rounds }) => rounds.length === 0);
  const [ours, peers] = [present.filter(({ isOurs }) => isOurs), present.filter(({ isOurs }) => !isOurs)];
  const parts = [
    `${model}: ${(parameters / 1e6).toFixed(1)} M parameters, ${threads} threads; this machine: ` +
      `${limits.gigaflops.toFixed(0)} GFLOP/s, reads ${limits.gigabytesPerSecond.toFixed(1)} GB/s` +
      (clock === 'processor' ? '; times of the processor, all threads together' : ''),
    lines([
      ['', ...engines.map(({ name }) => name)],
      ...onceRows(engines),
      ...rows.map((row) => [`${row.label}, ${row.unit}`, ...engines.map((engine) => cell(row, engine))]),
    ]),
    ...ours.map((own) => ratioTable(rows, own, peers)).filter((table) => table !== null),
    ...absent.map(({ name, absent: reason }) => `${name}: ${reason ?? 'not measured'}`),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What is measured once, or known. */
function onceRows(engines: readonly EngineReport[]): string[][] {
  const tell = (value: number | null) => (value === null ? NOTHING : short(value));
  return [
    [
      'weights, MB',
      ...engines.map(({ weightsBytes }) => tell(weightsBytes === null ? null : weightsBytes / 1e6)),
    ],
    [
      'first start, s',
      ...engines.map(({ firstStartMs }) => tell(firstStartMs === null ? null : firstStartMs / 1000)),
    ],
  ];
}

function cell(row: Row, { rounds, absent }: EngineReport): string {
  if (rounds.length === 0) return absent === 'not installed' ? absent : NOTHING;
  const value = median(rounds.map(row.of));
  return value === null ? NOTHING : short(value);
}

function ratioTable(rows: readonly Row[], own: EngineReport, peers: readonly EngineReport[]): string | null {
  if (peers.length === 0) return null;
  const ratios = rows.map((row) => [
    row.label,
    ...peers.map((peer) => {
      const ratio = ratioOf(row, own, peer);
      if (ratio === null) return NOTHING;
      const spread = own.rounds.length > 1 ? ` (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)})` : '';
      return `${ratio.median.toFixed(2)}x${spread}`;
    }),
  ]);
  return lines([[`${own.name}, times as good as`, ...peers.map(({ name }) => name)], ...ratios]);
}

function lines(table: readonly (readonly string[])[]): string {
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const padded = (row: readonly string[]) =>
    row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)));
  return table.map((row) => padded(row).join('  ')).join('\n');
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
