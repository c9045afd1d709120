import { describe, expect, it } from 'vitest';
import { bytesMayOverflow } from '../../../src/runtime/processor-flags.js';

describe('bytesMayOverflow', () => {
  it.each([
    ['x64', 'fpu avx2 avx512f avx512_vnni', false],
    ['x64', 'fpu avx2 avx_vnni', false],
    ['x64', 'fpu avx2 avx512f', true],
    ['x64', null, true],
    ['arm64', 'asimd asimddp', false],
    ['arm64', null, false],
  ])('%s with "%s": %s', (arch, flags, wanted) => {
    expect(bytesMayOverflow(arch, flags)).toBe(wanted);
  });
});
