import type { Benchmark } from '../evaluate/benchmarks/benchmark.js';
import type { BenchmarkItem } from '../evaluate/readers/benchmark-item.js';
import { compareParts } from '../evaluate/run/compare-parts.js';
import { PredictionFile } from '../evaluate/run/prediction-file.js';
import { scoreBenchmark } from '../evaluate/run/score-benchmark.js';
import { RequestError } from '../shared/errors.js';
import type { CliContext } from './context.js';
import { columns } from './eval-table.js';
import { round } from './eval-round.js';

/** Tells whether two files of predictions of one benchmark differ: a paired test for each part of the score. */
export async function evalCompare(
  { stdout }: CliContext,
  benchmark: Benchmark,
  items: () => AsyncIterable<BenchmarkItem>,
  files: readonly string[],
  json: boolean,
): Promise<void> {
  const [first, second] = files;
  if (first === undefined || second === undefined || files.length > 2) {
    throw new RequestError(
      'option_missing',
      `--compare needs two files of predictions, and got ${files.length}`,
    );
  }
  const [a, b] = await Promise.all([first, second].map((path) => open(path, benchmark)));
  const both = async function* (): AsyncGenerator<BenchmarkItem> {
    for await (const item of items()) if (isAnswered(a, item) && isAnswered(b, item)) yield item;
  };
  const scores = await Promise.all(
    [a, b].map((file) => scoreBenchmark(benchmark, both(), file?.predictions ?? new Map())),
  );
  const differences = compareParts(scores[0]?.parts ?? [], scores[1]?.parts ?? []);
  if (json) {
    stdout.write(
      `${JSON.stringify({
        benchmark: benchmark.name,
        parts: differences.map(({ name, difference, interval, p, items: count }) => ({
          name,
          difference: round(difference),
          low: round(interval.low),
          high: round(interval.high),
          p,
          items: count,
        })),
      })}\n`,
    );
    return;
  }
  const rows = differences.map(({ name, difference, interval, p, items: count }) => [
    name,
    difference.toFixed(2),
    `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`,
    p.toFixed(4),
    String(count),
  ]);
  const lines = columns([['', 'difference', '95 % interval', 'p', 'items'], ...rows]);
  stdout.write(`${second} less ${first}, ${benchmark.title}\n${lines.join('\n')}\n`);
}

function isAnswered(file: PredictionFile | undefined, { id }: BenchmarkItem): boolean {
  return file?.predictions.get(id)?.prediction !== undefined;
}

async function open(path: string, benchmark: Benchmark): Promise<PredictionFile> {
  const file = await PredictionFile.read(path);
  if (file.header.benchmark === benchmark.name) return file;
  throw new RequestError(
    'predictions_of_another',
    `${JSON.stringify(path)} holds predictions of benchmark ${JSON.stringify(file.header.benchmark)}, and ` +
      `${JSON.stringify(benchmark.name)} is asked for: name another file`,
  );
}
