import { RequestError } from '../../shared/errors.js';
import type { Benchmark } from './benchmark.js';
import { BENCHMARKS } from './benchmarks.js';

/** @throws RequestError `unknown_benchmark` */
export function findBenchmark(name: string): Benchmark {
  const found = BENCHMARKS.find((benchmark) => benchmark.name === name);
  if (found !== undefined) return found;
  throw new RequestError(
    'unknown_benchmark',
    `there is no benchmark ${JSON.stringify(name)}: known are ${BENCHMARKS.map((row) => row.name).join(', ')}`,
  );
}
