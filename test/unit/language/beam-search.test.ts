import { describe, expect, it } from 'vitest';
import { beamSearch } from '../../../src/language/beam-search.js';
import { logNormalizer } from '../../../src/language/log-normalizer.js';
import { randomStream } from '../../../src/language/random.js';
import { CancelledError } from '../../../src/shared/errors.js';
import { ScriptedSequence } from './scripted-sequence.js';

const EOS = 1;
const VOCABULARY = 4;

/** Logits that depend on everything written, different for each seed. */
function script(seed: number, spread: number): (written: readonly number[]) => Float32Array {
  return (written) => {
    const random = randomStream(written.reduce((hash, id) => (hash * 31 + id + 7) >>> 0, seed));
    return Float32Array.from({ length: VOCABULARY }, () => (random() - 0.5) * spread);
  };
}

/** The likeliest text that ends in eos within the limit, found by looking at every one. */
function enumerate(logits: (written: readonly number[]) => Float32Array, limit: number) {
  let best = { ids: [] as readonly number[], score: -Infinity };
  const visit = (written: readonly number[], score: number) => {
    const row = logits(written);
    const normalizer = logNormalizer(row);
    const logprob = (id: number) => (row[id] ?? NaN) - normalizer;
    if (score + logprob(EOS) > best.score) best = { ids: [...written, EOS], score: score + logprob(EOS) };
    if (written.length + 1 === limit) return;
    for (let id = 0; id < VOCABULARY; id++) if (id !== EOS) visit([...written, id], score + logprob(id));
  };
  visit([], 0);
  return best;
}

/** The definition, written down with nothing but lists: paligemma.md section 4.4. */
function transcribe(logits: (written: readonly number[]) => Float32Array, beams: number, limit: number) {
  let live = [{ ids: [] as number[], score: 0 }];
  let best = { ids: [] as number[], score: -Infinity };
  for (let step = 0; step < limit; step++) {
    const next: typeof live = [];
    for (const { ids, score } of live) {
      const row = logits(ids);
      const logprobs = Array.from(row, (logit) => logit - logNormalizer(row));
      const finished = { ids: [...ids, EOS], score: score + (logprobs[EOS] ?? NaN) };
      if (finished.score > best.score) best = finished;
      logprobs.forEach((logprob, id) => {
        if (id !== EOS) next.push({ ids: [...ids, id], score: score + logprob });
      });
    }
    live = next.sort((a, b) => b.score - a.score).slice(0, beams);
    if ((live[0]?.score ?? -Infinity) < best.score) break;
  }
  return best;
}

const options = { eosTokenId: EOS, maxNewTokens: 4, topLogprobs: 2 };

describe('beamSearch', () => {
  it('finds the likeliest finished text when there are beams enough for all', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const logits = script(seed, 6);
      const wanted = enumerate(logits, options.maxNewTokens);
      const found = await beamSearch(new ScriptedSequence(logits), 16, options);
      expect(found.map(({ id }) => id)).toEqual(wanted.ids);
      expect(found.reduce((sum, { logprob }) => sum + logprob, 0)).toBeCloseTo(wanted.score, 9);
    }
  });

  it.each([1, 2, 3, 5])('chooses what the definition chooses with %i beams', async (beams) => {
    for (let seed = 0; seed < 60; seed++) {
      // eos is made unlikely at first, so that the beams live for a while and change places
      const plain = script(seed, 4);
      const logits = (written: readonly number[]) =>
        plain(written).map((logit, id) => (id === EOS ? logit - 6 + written.length : logit));
      const wanted = transcribe(logits, beams, 9);
      const found = await beamSearch(new ScriptedSequence(logits), beams, { ...options, maxNewTokens: 9 });
      expect(found.map(({ id }) => id)).toEqual(wanted.ids);
      expect(found.reduce((sum, { logprob }) => sum + logprob, 0)).toBeCloseTo(wanted.score, 9);
    }
  });

  it('finds less with one beam than with four', async () => {
    const score = async (beams: number) => {
      let total = 0;
      for (let seed = 0; seed < 40; seed++) {
        const found = await beamSearch(new ScriptedSequence(script(seed, 6)), beams, options);
        total += found.reduce((sum, { logprob }) => sum + logprob, 0);
      }
      return total;
    };
    expect(await score(1)).toBeLessThan(await score(4));
  });

  it('prefers a short likely text to a long one: scores are not divided by the length', async () => {
    const probabilities = [
      [0.3, 0.3, 0.4, 0],
      [0.05, 0.6, 0.35, 0],
    ];
    const sequence = new ScriptedSequence((written) =>
      Float32Array.from(probabilities[Math.min(written.length, 1)] ?? [], Math.log),
    );
    // eos at once: ln 0.3; after 2: ln 0.24, which a mean over two ids would rank first.
    const found = await beamSearch(sequence, 2, options);
    expect(found.map(({ id }) => id)).toEqual([EOS]);
  });

  it('stops as soon as no live beam can win', async () => {
    const sequence = new ScriptedSequence(() => Float32Array.of(0, 10, 0, 0));
    await beamSearch(sequence, 2, { ...options, maxNewTokens: 100 });
    expect(sequence.appended).toBe(0);
  });

  it('counts the closing eos in the limit and ends there', async () => {
    const sequence = new ScriptedSequence(() => Float32Array.of(5, -5, 0, 0));
    const found = await beamSearch(sequence, 2, { ...options, maxNewTokens: 3 });
    expect(found.length).toBeLessThanOrEqual(3);
    expect(found[found.length - 1]?.id).toBe(EOS);
    expect(sequence.appended).toBeLessThanOrEqual(2);
  });

  it('tells the likeliest ids of each step of the text it chose', async () => {
    const logits = script(3, 6);
    const found = await beamSearch(new ScriptedSequence(logits), 4, options);
    found.forEach(({ topIds, topLogprobs }, i) => {
      const row = logits(found.slice(0, i).map(({ id }) => id));
      expect(topIds[0]).toBe(row.indexOf(Math.max(...row)));
      expect(topLogprobs).toHaveLength(2);
    });
  });

  it('stops between two steps once cancelled', async () => {
    const controller = new AbortController();
    const sequence = new ScriptedSequence((written) => {
      if (written.length === 2) controller.abort();
      return Float32Array.of(5, -50, 0, 0);
    });
    const search = beamSearch(sequence, 2, { ...options, maxNewTokens: 100 }, controller.signal);
    await expect(search).rejects.toBeInstanceOf(CancelledError);
  });
});
