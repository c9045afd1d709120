import { CheckpointError } from '../shared/errors.js';
import { NPY_DTYPES } from './npy-dtypes.js';
import { parseNpyHeader } from './npy-header.js';
import type { NpzArray } from './npz-array.js';
import { toFloat32 } from './to-float32.js';

/**
 * Reads an array of float32, float16 or bfloat16 numbers in numpy's npy format.
 * @param where file and entry, for errors
 * @throws CheckpointError `npz_array`
 */
export function parseNpy(bytes: Buffer, where: string): NpzArray {
  const { dtype, isFortranOrder, shape, dataOffset } = parseNpyHeader(bytes, where);
  const type = NPY_DTYPES.get(dtype);
  if (type === undefined) {
    throw new CheckpointError(
      'npz_array',
      `${where} holds numbers of type ${JSON.stringify(dtype)}, float32 ("<f4"), float16 ("<f2") and bfloat16 ("|V2") are read`,
    );
  }
  const count = shape.reduce((product, size) => product * size, 1);
  const available = bytes.length - dataOffset;
  if (count * type.bytes !== available) {
    throw new CheckpointError(
      'npz_array',
      `${where} needs ${count * type.bytes} bytes for its shape [${shape.join(', ')}], and has ${available}; fetch it again`,
    );
  }
  const data = new Float32Array(count);
  toFloat32(bytes.subarray(dataOffset), type.dtype, data);
  return { shape, data: isFortranOrder ? rowMajor(data, shape) : data };
}

/** Fortran's order, the first index fastest, into C's, the last one fastest. */
function rowMajor(data: Float32Array, shape: readonly number[]): Float32Array {
  const index = shape.map(() => 0);
  return data.map(() => {
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from = from * (shape[axis] ?? 0) + (index[axis] ?? 0);
    }
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if (index[axis] !== shape[axis]) break;
      index[axis] = 0;
    }
    return data[from] ?? 0;
  });
}
