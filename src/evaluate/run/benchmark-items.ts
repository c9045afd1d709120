import type { Benchmark } from '../benchmarks/benchmark.js';
import type { BenchmarkItem } from '../readers/benchmark-item.js';
import { DataFolder } from '../readers/data-folder.js';
import { READERS } from '../readers/readers.js';

/** The items of a benchmark from a folder with its dataset, each time anew and in the same order. */
export function benchmarkItems(
  { reader, split, options = {} }: Pick<Benchmark, 'reader' | 'split' | 'options'>,
  directory: string,
  limit = Infinity,
): () => AsyncIterable<BenchmarkItem> {
  return async function* () {
    let count = 0;
    for await (const item of READERS[reader](new DataFolder(directory), split, options)) {
      if (count++ >= limit) return;
      yield item;
    }
  };
}
