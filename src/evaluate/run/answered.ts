import type { BenchmarkItem } from '../readers/benchmark-item.js';

/** An item with what the model said of it. */
export interface Answered extends Pick<BenchmarkItem, 'id' | 'references' | 'group' | 'pair'> {
  readonly prediction: string;
  /** Where the text stands for a mask: how far it covers the true one. */
  readonly overlap?: number;
}
