import type { BenchmarkItem } from './benchmark-item.js';
import type { DataFolder } from './data-folder.js';

/** Reads the items of a dataset in its published layout, always in the same order. */
export type Reader = (
  folder: DataFolder,
  split: string,
  options: Readonly<Record<string, string>>,
) => AsyncIterable<BenchmarkItem>;
