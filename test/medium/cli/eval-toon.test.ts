import { describe, expect, it, vi } from 'vitest';
import { evaluateToonWorld } from '../../../src/cli/evaluate-toon-world.js';
import type { Model } from '../../../src/model/model.js';
import type { ToonItem } from '../../../src/evaluate/toon/toon-item.js';

const signal = new AbortController().signal;

/** Says one and the same to everything. */
const parrot = (text: string, maskDecoder: string | null = '/model/mask-decoder.npz'): Model =>
  ({
    info: { imageSize: 112, maskDecoder },
    async *generate() {
      yield await Promise.resolve({ kind: 'done', generation: { text, steps: [] } });
    },
  }) as unknown as Model;

describe('measuring a model on the toon world', () => {
  it('asks so many items of each type that is named, with eight frames of a clip', async () => {
    const asked: ToonItem[] = [];
    const scores = await evaluateToonWorld(
      parrot('a cow'),
      { seed: 300_000, items: 3, types: ['caption-de', 'ocr'] },
      signal,
      { onAnswer: (item) => asked.push(item) },
    );
    expect(asked.map(({ type }) => type)).toEqual([
      ...Array<string>(3).fill('caption-de'),
      ...Array<string>(3).fill('ocr'),
    ]);
    expect(asked[0]?.frames.length).toBe(8);
    expect(asked[0]?.references.length).toBe(3);
    expect(scores.find(({ type, metric }) => type === 'ocr' && metric === 'accuracy')?.score).toBe(0);
  });

  it('counts half of the statements right for a model that always says True', async () => {
    const plan = { seed: 300_000, items: 60, types: ['statement'] };
    const [score] = await evaluateToonWorld(parrot('True'), plan, signal);
    expect(score?.score).toBeGreaterThan(30);
    expect(score?.score).toBeLessThan(70);
  });

  it('refuses scenes that training has seen, and tasks there are none of', async () => {
    const plan = { seed: 600_000, items: 3, types: [] };
    await expect(evaluateToonWorld(parrot(''), plan, signal)).rejects.toThrow(/training may have seen/);
    const unknown = { seed: 0, items: 3, types: ['dance'] };
    await expect(evaluateToonWorld(parrot(''), unknown, signal)).rejects.toThrow(/no task "dance"/);
  });

  it('asks no masks of a model that cannot decode them, and refuses to when they are named', async () => {
    const maskless = parrot('<loc0000><loc0000><loc0512><loc0512> cow', null);
    const asked = new Set<string>();
    const warnings: string[] = [];
    let announced = 0;
    await evaluateToonWorld(maskless, { seed: 300_000, items: 1, types: [] }, signal, {
      onStart: (items) => (announced = items),
      onAnswer: ({ type }) => asked.add(type),
      onWarning: (warning) => warnings.push(warning),
    });
    expect(asked).toContain('detect');
    expect(asked).not.toContain('segment');
    expect(announced).toBe(asked.size);
    expect(warnings).toEqual([expect.stringMatching(/^the task segment needs a mask decoder/)]);

    const named = { seed: 300_000, items: 1, types: ['detect', 'segment'] };
    const onAnswer = vi.fn();
    await expect(evaluateToonWorld(maskless, named, signal, { onAnswer })).rejects.toMatchObject({
      code: 'no_mask_decoder',
    });
    expect(onAnswer).not.toHaveBeenCalled();
  });
});
