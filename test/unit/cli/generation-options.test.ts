import { describe, expect, it } from 'vitest';
import { generationOptions } from '../../../src/cli/generation-options.js';

const sampling = (flags: object) => generationOptions({ maxNewTokens: 5, ...flags }, 2).sampling;

describe('generationOptions', () => {
  it('takes the likeliest token unless told otherwise', () => {
    expect(generationOptions({ maxNewTokens: 5 }, 2)).toEqual({
      sampling: { kind: 'greedy' },
      maxNewTokens: 5,
      topLogprobs: 2,
    });
    expect(sampling({ temperature: 0, seed: 3 })).toEqual({ kind: 'greedy' });
  });

  it('draws when anything of drawing is named', () => {
    const drawn = { kind: 'sample', temperature: 1, topK: null, topP: null, seed: 0 };
    expect(sampling({ temperature: 0.7 })).toEqual({ ...drawn, temperature: 0.7 });
    expect(sampling({ topK: 5, seed: 9 })).toEqual({ ...drawn, topK: 5, seed: 9 });
    expect(sampling({ topP: 0.9 })).toEqual({ ...drawn, topP: 0.9 });
  });

  it('searches with beams, one being greedy', () => {
    expect(sampling({ beams: 4 })).toEqual({ kind: 'beam', beams: 4 });
    expect(sampling({ beams: 1 })).toEqual({ kind: 'greedy' });
  });

  it('refuses beams and drawing together', () => {
    expect(() => sampling({ beams: 2, seed: 0 })).toThrow(
      expect.objectContaining({ code: 'option_conflict' }),
    );
  });
});
