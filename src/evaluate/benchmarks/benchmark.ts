import type { MetricName } from '../run/benchmark-metrics.js';
import type { ReaderName } from '../readers/readers.js';

/** Numbers the model card gives: one for each part of the score, in the order of `parts`. */
export type CardNumbers = readonly number[];

/** One row of the model card, as data: what is asked, how, of which files, and what Google measured. */
export interface Benchmark {
  /** As the command line names it. */
  readonly name: string;
  /** As the card words it. */
  readonly title: string;
  /** How DIR is read; options are the reader's own. */
  readonly reader: ReaderName;
  readonly options?: Readonly<Record<string, string>>;
  /** Which items are read. */
  readonly split: string;
  /** The prompt without the closing newline; `{field}` stands for a field of the item. */
  readonly prompt: string;
  /** Frames of a video, every so many of its frames; null for pictures. */
  readonly frames: { readonly count: number; readonly stride: number } | null;
  /** Tokens the prompt may have in the reference, and at most so many are written. */
  readonly textLength: number;
  /** As the card's number was measured. */
  readonly decoding: 'greedy' | { readonly beams: number };
  readonly metric: MetricName;
  readonly card: {
    /** Names of the parts of the score that the card has numbers for. */
    readonly parts: readonly string[];
    /** What was measured there, where it is not what is measured here. */
    readonly split: string;
    /** By side of the picture; null where the card has none. */
    readonly numbers: Readonly<Record<224 | 448 | 896, CardNumbers | null>>;
    /** Which checkpoint, of this resolution. */
    readonly model: string;
  };
  readonly source: {
    readonly url: string;
    readonly licence: string;
    /** What has to lie in DIR. */
    readonly files: readonly string[];
  };
  /** What is not as in the reference. */
  readonly notes?: string;
}
