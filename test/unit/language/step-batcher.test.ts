import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StepBatcher } from '../../../src/language/step-batcher.js';

/** A batcher that doubles numbers and keeps what it was given in each batch. */
function doubler(max: number): { batches: (readonly number[])[]; batcher: StepBatcher<number, number> } {
  const batches: (readonly number[])[] = [];
  const batcher = new StepBatcher<number, number>(async (steps) => {
    batches.push(steps);
    await setImmediate(); // onnxruntime begins a turn later
    return steps.map((step) => 2 * step);
  }, max);
  return { batches, batcher };
}

describe('StepBatcher', () => {
  it('runs a step on its own at once', async () => {
    const { batches, batcher } = doubler(4);
    expect(await batcher.add(1)).toBe(2);
    expect(await batcher.add(2)).toBe(4);
    expect(batches).toEqual([[1], [2]]);
  });

  it('runs steps of the same turn together and gives each its own result', async () => {
    const { batches, batcher } = doubler(4);
    expect(await Promise.all([1, 2, 3].map((step) => batcher.add(step)))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('runs more than fit in groups', async () => {
    const { batches, batcher } = doubler(2);
    expect(await Promise.all([1, 2, 3, 4, 5].map((step) => batcher.add(step)))).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('brings sequences together that began in different turns', async () => {
    const { batches, batcher } = doubler(4);
    const sequence = async (turnsBefore: number): Promise<void> => {
      for (let turn = 0; turn < turnsBefore; turn++) await setImmediate();
      for (let step = 0; step < 6; step++) {
        await batcher.add(step);
        await setImmediate();
      }
    };
    await Promise.all([sequence(0), sequence(1), sequence(2)]);
    expect(batches.filter((batch) => batch.length === 3).length).toBeGreaterThanOrEqual(3);
  });

  it('rejects a whole group with what it failed with, and goes on with the next', async () => {
    let runs = 0;
    const batcher = new StepBatcher<number, number>((steps) => {
      if (runs++ === 0) return Promise.reject(new Error('no'));
      return Promise.resolve([...steps]);
    }, 2);
    const results = await Promise.allSettled([1, 2, 3].map((step) => batcher.add(step)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(await batcher.add(4)).toBe(4);
  });
});
