import type { Precision } from '../../graph/precision.js';
import type { ModelOptions } from '../model-options.js';

/** What `bench` can be told. */
export interface BenchOptions extends Omit<ModelOptions, 'precision' | 'provider'> {
  readonly precisions: readonly Precision[];
  readonly prefixes: readonly number[];
  readonly runs: number;
  readonly random?: boolean;
  readonly visionLayers: number;
  readonly textLayers: number;
  readonly vocabSize: number;
}
