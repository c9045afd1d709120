import { expect, it } from 'vitest';
import { randomStream } from '../../../src/language/random.js';
import { topIds } from '../../../src/language/top-ids.js';

it('gives the ids a full sort would give', () => {
  const random = randomStream(1);
  const logits = Float32Array.from({ length: 500 }, () => Math.floor(random() * 40)); // many equals
  const sorted = Array.from(logits.keys()).sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  for (const count of [1, 2, 17, 499, 500]) expect(topIds(logits, count)).toEqual(sorted.slice(0, count));
});

it('gives them also when very many are asked for', () => {
  const random = randomStream(2);
  const logits = Float32Array.from({ length: 3000 }, () => Math.log(Math.floor(random() * 40))); // 1 in 40 -Infinity
  const logitOf = (id: number) => logits[id] ?? 0;
  const sorted = Array.from(logits.keys()).sort((a, b) => logitOf(b) - logitOf(a) || a - b);
  for (const count of [1000, 1001, 1500, 2980, 2999, 3000, 4000]) {
    expect(topIds(logits, count)).toEqual(sorted.slice(0, count));
  }
});

it('puts the lower of two equal ids first', () => {
  expect(topIds(Float32Array.of(1, 3, 3, 0), 2)).toEqual([1, 2]);
});

it('gives all ids when more are asked for, and none for none', () => {
  expect(topIds(Float32Array.of(1, 2), 5)).toEqual([1, 0]);
  expect(topIds(Float32Array.of(1, 2), 0)).toEqual([]);
});
