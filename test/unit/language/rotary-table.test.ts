import { expect, it } from 'vitest';
import { RotaryTable } from '../../../src/language/rotary-table.js';

it('gives the documented rotation for position 3, which is row 2', () => {
  const { cosines, sines } = new RotaryTable(8, 10000).rows(2, 3);
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  const wanted = [-1.695593, 0.137552, 2.788682, 3.975982, -4.808842, 6.323059, 7.086837, 8.011964];
  wanted.forEach((value, i) => {
    const other = i < 4 ? -(x[i + 4] ?? 0) : (x[i - 4] ?? 0);
    expect((x[i] ?? 0) * (cosines[i % 4] ?? 0) + other * (sines[i % 4] ?? 0)).toBeCloseTo(value, 5);
  });
});

it('gives the same rows before and after it has grown', () => {
  const table = new RotaryTable(6, 500);
  const early = Array.from(table.rows(1, 4).sines);
  table.rows(0, 900);
  expect(Array.from(table.rows(1, 4).sines)).toEqual(early);
  expect(table.rows(899, 900).cosines).toHaveLength(3);
});
