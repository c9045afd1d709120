import { describe, expect, it } from 'vitest';
import { parseNpyHeader } from '../../../src/checkpoint/npy-header.js';
import { npy, npyHeader } from '../../fixtures/checkpoint/npz.js';

const DATA = Buffer.alloc(4);

/** The same as version 2 or 3, whose length takes four bytes. */
function later(version: number, file: Buffer): Buffer {
  const length = file.readUInt16LE(8);
  const head = Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\x00`, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32LE(length);
  return Buffer.concat([head, size, file.subarray(10)]);
}

describe('parseNpyHeader', () => {
  it.each([
    ['no axis', []],
    ['one axis', [7]],
    ['four axes', [128, 64, 4, 4]],
  ])('reads a shape of %s', (_, shape) => {
    const file = npy(npyHeader('<f4', shape), DATA);
    expect(parseNpyHeader(file, 'x')).toEqual({
      dtype: '<f4',
      isFortranOrder: false,
      shape,
      dataOffset: file.length - DATA.length,
    });
  });

  it.each([2, 3])('reads version %i', (version) => {
    const file = later(version, npy(npyHeader('<f2', [2], true), DATA));
    expect(parseNpyHeader(file, 'x')).toMatchObject({ dtype: '<f2', isFortranOrder: true, shape: [2] });
  });

  it.each([
    ['code instead of a dictionary', npy('__import__("os")', DATA), /numpy would not write/],
    ['keys that numpy has not', npy("{'descr': '<f4', 'shape': (1,), }", DATA), /numpy would not write/],
    ['a negative size', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", DATA), /would not/],
    [
      'a record type',
      npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (), }", DATA),
      /would not/,
    ],
    ['nine axes', npy(npyHeader('<f4', Array<number>(9).fill(1)), DATA), /impossible shape/],
    [
      'a size beyond counting',
      npy(npyHeader('<f4', []).replace('()', `(${'9'.repeat(30)},)`), DATA),
      /impossible/,
    ],
    ['version 4', later(4, npy(npyHeader('<f4', [1]), DATA)), /version 4/],
    [
      'a header longer than the file',
      npy(npyHeader('<f4', [1]), DATA).subarray(0, 40),
      /header of \d+ bytes/,
    ],
    ['another file', Buffer.from('PK\x03\x04 and more than this'), /no numpy array/],
    ['nothing', Buffer.alloc(0), /no numpy array/],
  ])('refuses %s', (_, file, words) => {
    expect(() => parseNpyHeader(file, 'file: "a"')).toThrow(words);
    expect(() => parseNpyHeader(file, 'file: "a"')).toThrow(/^file: "a" /);
  });
});
