/** preprocessor_config.json: how a picture becomes the vision tower's input. */
export interface PreprocessorConfig {
  /** Side of the square, pixels. */
  readonly size: number;
  readonly resample: 'bicubic' | 'bilinear';
  readonly rescaleFactor: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}
