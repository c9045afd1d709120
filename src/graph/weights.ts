/** Where a weight's float32 numbers lie; an ONNX graph points there, and the runtime maps the file. */
export interface WeightLocation {
  /** Path below `Weights.folder`, with `/` between its parts. */
  readonly path: string;
  readonly byteOffset: number;
  readonly shape: readonly number[];
}

/** The float32 weights of a checkpoint, ready to be pointed at. */
export interface Weights {
  /** Absolute path of a folder that every weight lies below. */
  readonly folder: string;
  readonly parameters: number;
  has(name: string): boolean;
  /** @throws BugError when the checkpoint has no such tensor */
  locate(name: string): WeightLocation;
  /** The numbers themselves, for small tensors only. */
  read(name: string): Promise<Float32Array>;
  /** Removes what was made for this process alone. */
  dispose(): Promise<void>;
}
