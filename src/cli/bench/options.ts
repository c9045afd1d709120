import type { Precision } from '../../graph/precision.js';
import type { ModelOptions } from '../model-options.js';
import type { Clock } from './measure.js';
import type { PeerName } from './peer-names.js';

/** What can be measured. */
export const MEASURES = ['start', 'vision', 'prefix', 'caption'] as const;
export type Measure = (typeof MEASURES)[number];

/** What `bench` can be told. */
export interface BenchOptions extends Omit<ModelOptions, 'precision' | 'provider'> {
  readonly precisions: readonly Precision[];
  /** False with `--no-peers`. */
  readonly peers: readonly PeerName[] | false;
  readonly measure: readonly Measure[];
  readonly prefixes: readonly number[];
  readonly frames: readonly number[];
  readonly words: number;
  readonly runs: number;
  readonly clock: Clock;
  readonly random?: boolean;
  readonly visionLayers: number;
  readonly textLayers: number;
  readonly vocabSize: number;
}
