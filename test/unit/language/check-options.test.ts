import { describe, expect, it } from 'vitest';
import { checkLength } from '../../../src/language/check-length.js';
import { checkOptions } from '../../../src/language/check-options.js';
import type { GenerationOptions } from '../../../src/language/generation.js';
import { RequestError } from '../../../src/shared/errors.js';

const FINE: GenerationOptions = { sampling: { kind: 'greedy' }, maxNewTokens: 32, topLogprobs: 0 };
const sample = (change: object): GenerationOptions => ({
  ...FINE,
  sampling: { kind: 'sample', temperature: 1, topK: null, topP: null, seed: 0, ...change },
});

describe('checkOptions', () => {
  it.each<[string, GenerationOptions]>([
    ['max_new_tokens', { ...FINE, maxNewTokens: 0 }],
    ['max_new_tokens', { ...FINE, maxNewTokens: 1.5 }],
    ['max_new_tokens', { ...FINE, maxNewTokens: 8193 }],
    ['top_logprobs', { ...FINE, topLogprobs: -1 }],
    ['top_logprobs', { ...FINE, topLogprobs: 101 }],
    ['temperature', sample({ temperature: 0 })],
    ['temperature', sample({ temperature: NaN })],
    ['temperature', sample({ temperature: Infinity })],
    ['top_k', sample({ topK: 0 })],
    ['top_p', sample({ topP: 0 })],
    ['top_p', sample({ topP: 1.01 })],
    ['seed', sample({ seed: -1 })],
    ['seed', sample({ seed: 2 ** 32 })],
    ['beams', { ...FINE, sampling: { kind: 'beam', beams: 0 } }],
    ['beams', { ...FINE, sampling: { kind: 'beam', beams: 17 } }],
  ])('refuses a wrong %s by name', (option, options) => {
    const refusal = expect(() => {
      checkOptions(options);
    });
    refusal.toThrow(RequestError);
    refusal.toThrow(expect.objectContaining({ code: `${option}_invalid` }));
  });

  it('takes what is at the edge of the allowed', () => {
    checkOptions({ ...FINE, maxNewTokens: 8192, topLogprobs: 100 });
    checkOptions(sample({ temperature: 1e-6, topK: 1, topP: 1, seed: 2 ** 32 - 1 }));
    checkOptions({ ...FINE, sampling: { kind: 'beam', beams: 16 } });
  });
});

describe('checkLength', () => {
  it('takes 16 frames of 256 tokens with 8192 positions and says what does not fit', () => {
    checkLength(16 * 256, 40, 8192 - 16 * 256 - 40, 8192);
    expect(() => {
      checkLength(32 * 256, 5, 1, 8192);
    }).toThrow(/8192 image tokens, 5 prompt tokens and 1 new tokens are 8198/);
  });
});
