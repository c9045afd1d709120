import type { ElementType } from './onnx-schema.js';
import type { StoredFormat } from './stored-format.js';

/** Where a weight's numbers lie; an ONNX graph points there, and the runtime maps the file. */
export interface WeightLocation {
  /** Path below `Weights.folder`, with `/` between its parts. */
  readonly path: string;
  readonly byteOffset: number;
  readonly shape: readonly number[];
  /** float32 when it is not given. */
  readonly type?: ElementType;
}

/** The weights of a checkpoint, ready to be pointed at. */
export interface Weights {
  readonly parameters: number;
  has(name: string): boolean;
  /** @throws BugError when there is no such weight */
  format(name: string): StoredFormat;
  /**
   * A weight stored as `float`.
   * @throws BugError when there is no such weight, or it is stored otherwise
   */
  locate(name: string): WeightLocation;
  /** The numbers of a quantized weight and their scales: see `StoredFormat`. */
  locateParts(name: string): readonly [numbers: WeightLocation, scales: WeightLocation];
  /** Numbers of one row of a weight: its second size in the checkpoint. */
  columns(name: string): number;
  /** The numbers themselves, for small tensors only. */
  read(name: string): Promise<Float32Array>;
}

/** Weights whose files are there. */
export interface OpenedWeights extends Weights {
  /** Absolute path of a folder that every weight lies below. */
  readonly folder: string;
  /** To be called once all sessions are open: a temporary copy is removed, which they have mapped. */
  settle(): Promise<void>;
  /** Removes what was made for this process alone. */
  dispose(): Promise<void>;
}
