import { describe, expect, it } from 'vitest';
import type { ChosenToken } from '../../../src/language/chosen-token.js';
import { generateTokens } from '../../../src/language/generate-tokens.js';
import { CancelledError } from '../../../src/shared/errors.js';
import { ScriptedSequence } from './scripted-sequence.js';

const GREEDY = { kind: 'greedy' } as const;
const options = { eosTokenId: 1, maxNewTokens: 5, topLogprobs: 2 };

/** Writes the given ids one after the other, each with logit 2 where all others have 0. */
const writes = (ids: readonly number[]) =>
  new ScriptedSequence((written) =>
    Float32Array.from({ length: 6 }, (_, id) => (id === ids[written.length] ? 2 : 0)),
  );

async function all(tokens: AsyncIterable<ChosenToken>): Promise<ChosenToken[]> {
  const found: ChosenToken[] = [];
  for await (const token of tokens) found.push(token);
  return found;
}

describe('generateTokens', () => {
  it('tells the closing eos and computes nothing after it', async () => {
    const sequence = writes([4, 2, 1, 3]);
    const found = await all(generateTokens(sequence, GREEDY, options));
    expect(found.map(({ id }) => id)).toEqual([4, 2, 1]);
    expect(sequence.appended).toBe(2);
  });

  it('stops at the limit', async () => {
    const sequence = writes([4, 2, 3, 4, 5, 1]);
    const found = await all(generateTokens(sequence, GREEDY, options));
    expect(found.map(({ id }) => id)).toEqual([4, 2, 3, 4, 5]);
    expect(sequence.appended).toBe(4);
  });

  it('tells natural log-probabilities of the softmax over all ids', async () => {
    const [token] = await all(generateTokens(writes([4]), GREEDY, { ...options, maxNewTokens: 1 }));
    const total = Math.exp(2) + 5;
    expect(token?.logprob).toBeCloseTo(Math.log(Math.exp(2) / total), 12);
    expect(token?.topIds).toEqual([4, 0]);
    expect(token?.topLogprobs[1]).toBeCloseTo(Math.log(1 / total), 12);
  });

  it('is told apart from sampling only in what it chooses: log-probabilities know no temperature', async () => {
    const sampling = { kind: 'sample', temperature: 0.01, topK: 1, topP: 0.5, seed: 3 } as const;
    const sampled = await all(generateTokens(writes([4, 2, 1]), sampling, options));
    expect(sampled).toEqual(await all(generateTokens(writes([4, 2, 1]), GREEDY, options)));
  });

  it('stops between two ids once cancelled', async () => {
    const controller = new AbortController();
    const sequence = writes([4, 2, 3, 4, 5]);
    const tokens = generateTokens(sequence, GREEDY, options, controller.signal);
    await tokens.next();
    await tokens.next();
    controller.abort();
    await expect(tokens.next()).rejects.toBeInstanceOf(CancelledError);
    expect(sequence.appended).toBe(1);
  });

  it('lets other work of the thread go on between two ids', async () => {
    const order: string[] = [];
    const tokens = generateTokens(writes([4, 2]), GREEDY, { ...options, maxNewTokens: 2 });
    await tokens.next();
    setImmediate(() => order.push('other work'));
    await tokens.next();
    order.push('second id');
    expect(order).toEqual(['other work', 'second id']);
  });
});
