import type { HistogramCounts } from '../../shared/histogram.js';
import type { Figures } from './figures.js';

export interface Sample<Value> {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: Value;
}

interface Described {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

/** A metric, and how it is read off the figures. */
export type Metric = Described &
  (
    | { readonly type: 'counter' | 'gauge'; readonly read: (figures: Figures) => readonly Sample<number>[] }
    | {
        readonly type: 'histogram';
        readonly read: (figures: Figures) => readonly Sample<HistogramCounts>[];
      }
  );
