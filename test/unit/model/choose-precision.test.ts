import { describe, expect, it } from 'vitest';
import { choosePrecision } from '../../../src/model/choose-precision.js';

const GB = 1e9;

describe('choosePrecision', () => {
  it.each([
    ['what is asked for', 'int4', 5e6, 'cpu', 64 * GB, 'int4'],
    ['float32 for a small model, however little memory there is', 'auto', 5e6, 'cpu', 1 * GB, 'f32'],
    ['int8 for a large one', 'auto', 2.9e9, 'cpu', 24 * GB, 'int8'],
    ['int4 where int8 does not fit', 'auto', 2.9e9, 'cpu', 6 * GB, 'int4'],
    ['float32 on another provider where it fits', 'auto', 2.9e9, 'cuda', 24 * GB, 'f32'],
    ['int4 on another provider where it does not', 'auto', 2.9e9, 'webgpu', 16 * GB, 'int4'],
  ] as const)('takes %s', (_, setting, parameters, provider, memory, wanted) => {
    expect(choosePrecision(setting, parameters, provider, memory)).toBe(wanted);
  });
});
