/** One array of an npz archive, as float32. */
export interface NpzArray {
  readonly shape: readonly number[];
  /** Row-major, whatever the order in the file. */
  readonly data: Float32Array;
}
