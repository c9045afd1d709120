import type { TextConfig } from '../checkpoint/config.js';
import type { GraphBuilder } from './graph-builder.js';
import type { Linear } from './linear.js';
import type { RmsNorm } from './rms-norm.js';

/** Where the rotary embedding's numbers come from, see `DecoderGraph.ports`. */
export interface Rotary {
  readonly positions: string;
  readonly cosines: string;
  readonly sines: string;
}

/** What every layer of a decoder shares. */
export interface DecoderContext {
  readonly graph: GraphBuilder;
  readonly config: TextConfig;
  readonly linear: Linear;
  readonly norm: RmsNorm;
  readonly rotary: Rotary;
  /** bool `[1]`: nothing is cached yet, the new rows are the whole prefix. */
  readonly hasNoPast: string;
  /** int64 `[2]`: rows cached, rows new. */
  readonly pastAndNewRows: string;
}
