import { expect, it } from 'vitest';
import { toFloat32 } from '../../../src/checkpoint/to-float32.js';
import type { WeightDtype } from '../../../src/checkpoint/dtypes.js';

function convert(dtype: WeightDtype, ...words: number[]): number[] {
  const bytes = Uint8Array.from(words.flatMap((word) => [word & 255, word >> 8]));
  const target = new Float32Array(dtype === 'F32' ? words.length / 2 : words.length);
  toFloat32(bytes, dtype, target);
  return [...target];
}

it('toFloat32 converts bfloat16 by its bits', () => {
  expect(convert('BF16', 0x3f80, 0xbe80, 0x0001, 0x8000, 0x7f80, 0xff80)).toEqual([
    1,
    -0.25,
    2 ** -133,
    -0,
    Infinity,
    -Infinity,
  ]);
  expect(convert('BF16', 0x7fc0)).toEqual([NaN]);
});

it('toFloat32 converts float16, subnormal numbers and infinities too', () => {
  expect(convert('F16', 0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x83ff, 0x8000, 0x7c00, 0xfc00)).toEqual([
    1,
    -2,
    65504,
    2 ** -14,
    2 ** -24,
    -1023 * 2 ** -24,
    -0,
    Infinity,
    -Infinity,
  ]);
  expect(convert('F16', 0x7e00)).toEqual([NaN]);
});

it('toFloat32 copies float32', () => {
  expect(convert('F32', 0x0000, 0xbf80)).toEqual([-1]);
});

it('toFloat32 reads numbers at odd places in memory', () => {
  const target = new Float32Array(1);
  toFloat32(Uint8Array.of(9, 0x80, 0xbf).subarray(1), 'BF16', target);
  expect(target[0]).toBe(-1);
});
