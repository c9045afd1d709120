import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../../src/evaluate/run/bootstrap-interval.js';
import { compareParts } from '../../../src/evaluate/run/compare-parts.js';

const part = (name: string, ...groups: number[][]) => ({
  name,
  score: 0,
  groups: groups.map((values, g) => new Map(values.map((value, i) => [`${g}-${i}`, value]))),
});
/** `count` items, the first `right` of which are right. */
const answers = (right: number, count = 400) => Array.from({ length: count }, (_, i) => (i < right ? 1 : 0));

describe('bootstrapInterval', () => {
  it('is as wide as the theory has it', () => {
    const { low, high } = bootstrapInterval([answers(200)]);
    const halfWidth = 1.96 * Math.sqrt((0.5 * 0.5) / 400);
    expect(low).toBeGreaterThan(0.5 - halfWidth - 0.01);
    expect(low).toBeLessThan(0.5 - halfWidth + 0.01);
    expect(high - 0.5).toBeCloseTo(halfWidth, 1.5);
  });

  it('draws within groups, so that groups that do not vary give no width', () => {
    expect(bootstrapInterval([answers(10, 10), answers(0, 10)])).toEqual({ low: 0.5, high: 0.5 });
  });

  it('is the same for the same values', () => {
    expect(bootstrapInterval([answers(100)])).toEqual(bootstrapInterval([answers(100)]));
  });
});

describe('compareParts', () => {
  it('finds two that are the same not different', () => {
    const [found] = compareParts([part('accuracy', answers(200))], [part('accuracy', answers(200))]);
    expect(found).toMatchObject({ name: 'accuracy', difference: 0, p: 1, items: 400 });
  });

  it('gives the p of the sign test for answers that changed one way', () => {
    // five more right: each of 2 x 2^-5 of the turns of signs is as far from nothing
    const [found] = compareParts([part('accuracy', answers(100))], [part('accuracy', answers(105))]);
    expect(found?.difference).toBeCloseTo(1.25, 10);
    expect(found?.p).toBeCloseTo(2 / 32, 1.9);
  });

  it('finds a real difference', () => {
    const [found] = compareParts([part('accuracy', answers(100))], [part('accuracy', answers(140))]);
    expect(found?.p).toBeLessThan(0.001);
    expect(found?.interval.low).toBeGreaterThan(0);
  });

  it('weighs groups alike, as the score does', () => {
    const [found] = compareParts([part('mean', [0, 0], [0, 0, 0, 0])], [part('mean', [1, 1], [0, 0, 0, 0])]);
    expect(found?.difference).toBe(50);
  });

  it('passes over parts that are no means of items', () => {
    expect(compareParts([{ name: 'bleu4', score: 0.1, groups: null }], [part('bleu4', [1])])).toEqual([]);
  });
});
