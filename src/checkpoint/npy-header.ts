import { CheckpointError } from '../shared/errors.js';
import { MAX_DIMENSIONS } from './limits.js';
import { MAX_NPY_HEADER_BYTES } from './npz-limits.js';

/** What stands before the numbers of an npy file. */
export interface NpyHeader {
  /** numpy's name of the number type: `<f4`. */
  readonly dtype: string;
  readonly isFortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin, bytes. */
  readonly dataOffset: number;
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
const VERSION_AT = 6;
const LENGTH_AT = 8;

/** numpy writes a Python dictionary with exactly these keys in this order. */
const DICTIONARY =
  /^\{ ?'descr': ?'([^']{1,32})', ?'fortran_order': ?(True|False), ?'shape': ?\(([\d ,]*)\),? ?\} *\n?$/;

/**
 * Reads the header of an npy file, version 1 to 3. Source: numpy, lib/format.py.
 * @param where file and entry, for errors
 * @throws CheckpointError `npz_array`
 */
export function parseNpyHeader(bytes: Buffer, where: string): NpyHeader {
  const fail = (what: string): never => {
    throw new CheckpointError('npz_array', `${where} ${what}; fetch the file again`);
  };
  if (bytes.length < LENGTH_AT + 4 || !bytes.subarray(0, VERSION_AT).equals(MAGIC)) {
    return fail('is no numpy array');
  }
  const version = bytes.readUInt8(VERSION_AT);
  if (version < 1 || version > 3) return fail(`is a numpy array of version ${version}, 1 to 3 are read`);
  const length = version === 1 ? bytes.readUInt16LE(LENGTH_AT) : bytes.readUInt32LE(LENGTH_AT);
  const begin = LENGTH_AT + (version === 1 ? 2 : 4);
  if (length > MAX_NPY_HEADER_BYTES || begin + length > bytes.length) {
    return fail(`has a header of ${length} bytes, at most ${MAX_NPY_HEADER_BYTES} are read`);
  }
  const match = DICTIONARY.exec(bytes.toString('latin1', begin, begin + length));
  if (match === null) return fail('has a header that numpy would not write');
  const [, dtype = '', order, sizes = ''] = match;
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  if (shape.length > MAX_DIMENSIONS || !shape.every(Number.isSafeInteger)) {
    return fail(`has the impossible shape (${sizes.slice(0, 80)})`);
  }
  return { dtype, isFortranOrder: order === 'True', shape, dataOffset: begin + length };
}
