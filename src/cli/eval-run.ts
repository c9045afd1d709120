import { BENCHMARKS } from '../evaluate/benchmarks/benchmarks.js';
import { findBenchmark } from '../evaluate/benchmarks/find-benchmark.js';
import { manualPage } from '../evaluate/benchmarks/manual-page.js';
import { benchmarkItems } from '../evaluate/run/benchmark-items.js';
import { RequestError } from '../shared/errors.js';
import type { CliContext } from './context.js';
import { evalBenchmark } from './eval-benchmark.js';
import { evalCompare } from './eval-compare.js';
import { evalToon } from './eval-toon.js';
import type { EvalOptions } from './eval-options.js';

const OF_BENCHMARKS = ['data', 'output', 'compare', 'manual'] as const;
const OF_TOON = ['seed', 'tasks'] as const;

/** Does what the options of `eval` ask for. @throws RequestError `option_missing`, `option_conflict`, `unknown_benchmark` */
export async function runEval(
  context: CliContext,
  name: string | undefined,
  options: EvalOptions,
): Promise<void> {
  if (options.list === true) {
    for (const benchmark of BENCHMARKS) context.stdout.write(`${benchmark.name}\n`);
    return;
  }
  if (name === undefined) throw missing('a benchmark, or --list');
  if (name === 'toon') {
    refuse(options, OF_BENCHMARKS, 'the toon world has no');
    await evalToon(context, options);
    return;
  }
  const benchmark = findBenchmark(name);
  refuse(options, OF_TOON, 'only the toon world has');
  if (options.manual === true) {
    context.stdout.write(manualPage(benchmark));
    return;
  }
  if (options.data === undefined) throw missing(`--data: see palistream eval ${name} --manual`);
  const items = benchmarkItems(benchmark, options.data, options.limit);
  if (options.compare === undefined) await evalBenchmark(context, benchmark, options.data, items, options);
  else await evalCompare(context, benchmark, items, options.compare, options.json === true);
}

/** Options of the other kind of evaluation would be passed over in silence. */
function refuse(options: EvalOptions, names: readonly (keyof EvalOptions)[], why: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new RequestError('option_conflict', `${why} --${given}: leave it out`);
}

function missing(what: string): RequestError {
  return new RequestError('option_missing', `eval needs ${what}; see palistream eval --help`);
}
