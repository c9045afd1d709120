import { BugError } from './errors.js';

/** The number types a tensor may hold; every one is a typed array, so a view costs no copy. */
export type TensorData = Float32Array | Uint8Array | Int32Array | BigInt64Array | Uint16Array;

/**
 * A plain record with named axes, row-major, so that pixels cannot be passed for image tokens.
 *
 * Whoever creates a tensor owns its memory; a function that keeps one longer than its call says so.
 */
export interface Tensor<Axes extends readonly string[], Data extends TensorData = Float32Array> {
  readonly data: Data;
  readonly dims: { readonly [I in keyof Axes]: number };
  readonly axes: Axes;
}

/** RGB bytes of one picture, `[row, column, channel]`, channel = 3. */
export type Pixels = Tensor<readonly ['row', 'column', 'channel'], Uint8Array>;

/** What the vision tower and the projector make of pictures: `[frame, patch, embed]`, float32. */
export type ImageTokens = Tensor<readonly ['frame', 'patch', 'embed']>;

export const PIXEL_AXES = ['row', 'column', 'channel'] as const;
export const IMAGE_TOKEN_AXES = ['frame', 'patch', 'embed'] as const;

/** Makes a tensor after checking that the data holds exactly the product of its sizes. */
export function tensor<const Axes extends readonly string[], Data extends TensorData>(
  axes: Axes,
  dims: { readonly [I in keyof Axes]: number },
  data: Data,
): Tensor<Axes, Data> {
  const made: Tensor<Axes, Data> = { data, dims, axes };
  expectShape(made, dims);
  return made;
}

/**
 * Checks a tensor's sizes once, at a boundary; `null` accepts any size on that axis.
 * @throws BugError when a size or the amount of data differs
 */
export function expectShape<Axes extends readonly string[], Data extends TensorData>(
  value: Tensor<Axes, Data>,
  expected: { readonly [I in keyof Axes]: number | null },
): void {
  const dims: readonly number[] = value.dims;
  const wanted: readonly (number | null)[] = expected;
  const fits = dims.length === wanted.length && dims.every((size, i) => (wanted[i] ?? size) === size);
  const count = dims.reduce((product, size) => product * size, 1);
  if (fits && count === value.data.length) return;
  const shape = value.axes.map((axis, i) => `${axis} ${String(dims[i])}`).join(', ');
  throw new BugError(
    'tensor_shape',
    `a tensor of [${shape}] with ${value.data.length} numbers came where [${wanted.join(', ')}] is expected`,
  );
}
