import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { selectExpression } from '../../../src/source/select-expression.js';

/** What ffmpeg's evaluator makes of the three functions used. */
function evaluate(expression: string, t: number): boolean {
  const lt = (a: number, b: number): number => Number(a < b);
  const between = (x: number, low: number, high: number): number => Number(x >= low && x <= high);
  const choose = (condition: number, yes: number, no: number): number => (condition === 0 ? no : yes);
  const result: unknown = runInNewContext(expression.replaceAll('if(', 'choose('), {
    t,
    lt,
    between,
    choose,
  });
  return result !== 0;
}

const seconds = Float64Array.from({ length: 500 }, (_, i) => i / 30 + (i % 7) * 0.001);

describe('the select expression', () => {
  it.each([
    ['one frame', [7]],
    ['the first and the last', [0, 499]],
    ['a run', [10, 11, 12, 13]],
    ['every third', Array.from({ length: 166 }, (_, i) => i * 3)],
    ['runs and gaps', [0, 1, 5, 6, 7, 20, 33, 34, 498, 499]],
  ])('is true for %s alone, however the time is rounded', (_, wanted) => {
    const expression = selectExpression(seconds, wanted);
    for (const slip of [-0.0004, 0, 0.0004]) {
      const chosen = [...seconds.keys()].filter((i) => evaluate(expression, (seconds[i] ?? 0) + slip));
      expect(chosen).toEqual(wanted);
    }
  });

  it('is a balanced tree: 300 frames nest 9 deep', () => {
    const times = Float64Array.from({ length: 600 }, (_, i) => i);
    const expression = selectExpression(
      times,
      Array.from({ length: 300 }, (_, i) => i * 2),
    );
    let depth = 0;
    let deepest = 0;
    for (const letter of expression.replaceAll(/(lt|between)\([^)]*\)/g, '')) {
      if (letter === '(') deepest = Math.max(deepest, ++depth);
      if (letter === ')') depth--;
    }
    expect(deepest).toBe(9);
  });
});
