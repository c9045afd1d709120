import type { TextConfig } from '../checkpoint/config.js';
import type { GraphBuilder } from './graph-builder.js';
import type { Linear } from './linear.js';
import type { RmsNorm } from './rms-norm.js';

/** Where the rotary embedding's numbers come from, see `DecoderPorts`. */
export interface Rotary {
  readonly positions: string;
  readonly cosines: string;
  readonly sines: string;
}

/** What is cached of one sequence in one layer, `[P, K, D]` each. */
export interface CachedRows {
  readonly keys: string;
  readonly values: string;
}

/** What the graph knows of one place for a sequence. */
export interface SequencePlace {
  /** bool `[1]`: something is cached there. */
  readonly hasPast: string;
  /** int64 `[2]`: rows cached, and the rows that are new when it goes on: all of them alone, one in a batch. */
  readonly pastAndNewRows: string;
}

/** What every layer of a decoder shares. */
export interface DecoderContext {
  readonly graph: GraphBuilder;
  readonly config: TextConfig;
  readonly linear: Linear;
  readonly norm: RmsNorm;
  readonly rotary: Rotary;
  /** int64 `[B]`: the last new row of each sequence. */
  readonly lastRows: string;
  /** int64 `[n, c]`: the rows of each chunk of a layer, see `inChunks`; null when layers take all rows at once. */
  readonly chunkRows: string | null;
  /** The first place when it is the only one in use. */
  readonly alone: SequencePlace;
  /** bool `[1]`: the second place is in use, so every sequence has a past and one new row. */
  readonly isBatch: string;
  /** Every place of a batch. */
  readonly places: readonly SequencePlace[];
}
