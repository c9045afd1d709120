import { describe, expect, it } from 'vitest';
import { toonReading } from '../../../src/cli/toon-reading.js';
import type { Model } from '../../../src/model/model.js';
import { MASK_AXES } from '../../../src/tasks/decoded-masks.js';

/** Decodes every code row to a mask that is full where its first code is odd, else empty. */
const model = {
  decodeMasks: (codes: readonly (readonly number[])[]) =>
    Promise.resolve({
      axes: MASK_AXES,
      dims: [codes.length, 64, 64] as const,
      data: Float32Array.from({ length: codes.length * 4096 }, (_, i) =>
        (codes[Math.floor(i / 4096)]?.[0] ?? 0) % 2 === 1 ? 1 : -1,
      ),
    }),
} as unknown as Model;
const seg = (code: number): string => `<seg${String(code).padStart(3, '0')}>`.repeat(16);

describe('reading answers about the toon world', () => {
  const reading = toonReading(model, new AbortController().signal);

  it('gives boxes in shares of the picture, with how sure the model is', () => {
    const steps = ['<loc0000>', '<loc0512>', '<loc1023>', '<loc1023>', ' cow'].map((text, i) => ({
      text,
      logprob: i === 4 ? -1 : 0,
    }));
    const text = steps.map((step) => step.text).join('');
    expect(reading.boxes({ text, steps })).toEqual([
      { label: 'cow', score: Math.exp(-1 / 5), box: { top: 0, left: 512 / 1023, bottom: 1, right: 1 } },
    ]);
  });

  it('pastes each mask into its own box', async () => {
    const text = `<loc0000><loc0000><loc0512><loc0512>${seg(1)} cow ; <loc0512><loc0512><loc1023><loc1023>${seg(2)} dog`;
    const masks = await reading.masks(text, { width: 4, height: 4 });
    expect(masks.map(({ label }) => label)).toEqual(['cow', 'dog']);
    expect([...(masks[0]?.mask.data ?? [])]).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(masks[1]?.mask.data.some((value) => value > 0)).toBe(false);
  });

  it('gives nothing for text without masks, and asks no decoder', async () => {
    expect(await reading.masks('a cow', { width: 4, height: 4 })).toEqual([]);
  });
});
