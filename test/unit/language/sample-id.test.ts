import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/language/random.js';
import { sampleId } from '../../../src/language/sample-id.js';

const PROBABILITIES = [0.05, 0.4, 0.15, 0.3, 0.1];
const LOGITS = Float32Array.from(PROBABILITIES, (p) => Math.log(p) + 7);
const DRAWS = 20_000;

type Limits = { temperature?: number; topK?: number | null; topP?: number | null };

/** How often each id is drawn. */
function frequencies(limits: Limits, logits = LOGITS, seed = 11, draws = DRAWS): number[] {
  const random = randomStream(seed);
  const sampling = { kind: 'sample', temperature: 1, topK: null, topP: null, seed, ...limits } as const;
  const counts = Array.from(logits, () => 0);
  for (let i = 0; i < draws; i++) {
    const id = sampleId(logits, sampling, random);
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts.map((count) => count / draws);
}

/** Four standard deviations of a frequency. */
const TOLERANCE = 4 * Math.sqrt(0.25 / DRAWS);

function expectFrequencies(actual: readonly number[], expected: readonly number[]): void {
  expected.forEach((p, id) => {
    if (p === 0) expect(actual[id]).toBe(0);
    else expect(Math.abs((actual[id] ?? NaN) - p), `id ${id}`).toBeLessThan(TOLERANCE);
  });
}

const normalised = (weights: readonly number[]) => {
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
};

describe('sampleId', () => {
  it('draws ids by their probability', () => {
    expectFrequencies(frequencies({}), PROBABILITIES);
  });

  it('sharpens and flattens with the temperature', () => {
    expectFrequencies(frequencies({ temperature: 0.5 }), normalised(PROBABILITIES.map((p) => p ** 2)));
    expectFrequencies(frequencies({ temperature: 2 }), normalised(PROBABILITIES.map((p) => p ** 0.5)));
  });

  it('keeps the k likeliest ids', () => {
    expectFrequencies(frequencies({ topK: 2 }), normalised([0, 0.4, 0, 0.3, 0]));
    expectFrequencies(frequencies({ topK: 99 }), PROBABILITIES);
  });

  it('takes a k of all ids or more for none', () => {
    for (const topK of [LOGITS.length, 99]) expect(frequencies({ topK })).toEqual(frequencies({}));
  });

  it('keeps the smallest set whose probability reaches p', () => {
    expectFrequencies(frequencies({ topP: 0.69 }), normalised([0, 0.4, 0, 0.3, 0]));
    expectFrequencies(frequencies({ topP: 0.71 }), normalised([0, 0.4, 0.15, 0.3, 0]));
    expectFrequencies(frequencies({ topP: 0.01 }), [0, 1, 0, 0, 0]);
    expectFrequencies(frequencies({ topP: 1 }), PROBABILITIES);
  });

  it('applies the temperature first, then k, then p of what is left', () => {
    // Of 0.4 and 0.3 the first has 57 %: above one half, so it stays alone.
    expectFrequencies(frequencies({ topK: 2, topP: 0.55 }), [0, 1, 0, 0, 0]);
    // At temperature 0.5 id 1 has 54 % of all, at 1 only 40 %.
    expectFrequencies(frequencies({ temperature: 0.5, topP: 0.5 }), [0, 1, 0, 0, 0]);
  });

  it('finds the nucleus of a flat distribution far below its best id', () => {
    const flat = Float32Array.from({ length: 4000 }, (_, id) => (id === 0 ? 12 : 0));
    const drawn = frequencies({ temperature: 1, topP: 0.99999 }, flat, 11, 500);
    expect(drawn[0]).toBeCloseTo(Math.exp(12) / (Math.exp(12) + 3999), 1);
    expect(drawn.slice(1).some((f) => f > 0)).toBe(true);
  });

  it('draws the same ids for the same seed and others for another', () => {
    expect(frequencies({}, LOGITS, 5)).toEqual(frequencies({}, LOGITS, 5));
    expect(frequencies({}, LOGITS, 5)).not.toEqual(frequencies({}, LOGITS, 6));
  });
});
