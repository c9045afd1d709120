import { describe, expect, it } from 'vitest';
import { topIds } from '../../../src/language/top-ids.js';
import { IMAGE_TOKEN_AXES, tensor, type ImageTokens } from '../../../src/shared/tensor.js';
import { goldenNumbers } from './golden-number.js';
import { goldenDecoder, goldenImageTokens, goldenModel, PROMPT_IDS } from './golden-towers.js';

const TOLERANCE = 2e-5;

/** paligemma.md section 11.1. */
const GOLDEN = {
  v1: {
    first: [1.151681, -1.455348, 0.705216, 2.418762, -1.624105, -0.107126],
    whole: { argmax: 68, max: 3.369815, sum: 18.405178, l2: 14.291567 },
    greedy: [68, 68, 68, 68, 68, 68],
    steps: new Map([
      [1, [-0.224038, -0.546048, 0.654369, 4.181181, 5.299896]],
      [2, [-0.120314, -0.693133, 0.856177, 3.926449, 5.341113]],
      [5, [0.4897, -0.256305, 0.394361, 3.340919, 5.817183]],
    ]),
    imageTimesSqrt: [0.87387, -2.00507, 0.94736, 2.64421],
    framesSwapped: [1.63378, -1.47476, -0.22926, 2.19962],
    textNotScaled: [1.6711, 2.86701, -1.45924, -0.35232],
    causal: [0.8006, -1.43899, 0.5647, 1.02701],
  },
  v2: {
    first: [1.570403, -1.417974, 2.609946, 1.685905, -2.221734, 1.454151],
    whole: { argmax: 72, max: 3.720611, sum: 26.44537, l2: 15.461478 },
    greedy: [72, 72, 72, 72, 72, 72],
    steps: new Map([
      [1, [-0.19867, -1.916567, 0.354322, 0.369265, 4.971487]],
      [2, [-0.018155, -2.36387, 0.209651, 0.343559, 4.800616]],
      [5, [0.138408, -1.529029, 0.872443, 0.331931, 4.909036]],
    ]),
    imageTimesSqrt: [0.05287, -0.10781, 0.92525, 2.63363],
    framesSwapped: [0.52904, -2.12588, 1.85636, 1.15469],
    textNotScaled: [1.75077, -0.00801, 2.19209, 0.93883],
    causal: [0.78913, 0.19513, 0.89815, 2.47518],
  },
} as const;

const asTokens = (data: Float32Array): ImageTokens => tensor(IMAGE_TOKEN_AXES, [2, 4, 24], data);

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = TOLERANCE): void {
  expected.forEach((value, i) => {
    expect(
      Math.abs((actual[i] ?? NaN) - value),
      `number ${i} is ${String(actual[i])}, not ${value}`,
    ).toBeLessThan(tolerance);
  });
}

const distance = (actual: Float32Array, other: readonly number[]) =>
  Math.max(...other.map((value, i) => Math.abs((actual[i] ?? NaN) - value)));

describe('the golden weight generator', () => {
  it('gives the documented numbers', () => {
    expectClose(
      goldenNumbers('pixel_values', 4, 1),
      [-0.70787144, -0.98481274, -0.74084026, -0.22005874],
      1e-7,
    );
    const name = 'language_model.model.embed_tokens.weight';
    expectClose(goldenNumbers(name, 4, 0.5), [-0.363794, 0.15044102, 0.261866, -0.2451571], 1e-7);
  });
});

describe.each(['v1', 'v2'] as const)('the golden model %s', (version) => {
  const golden = GOLDEN[version];

  it('projects the golden frames as the reference does', async () => {
    const tokens = await goldenImageTokens(await goldenModel(version));
    expectClose(tokens, [1.561885, -1.064751, -0.849149, -1.612674]);
  });

  it('gives the reference logits for a prefix and for every id after it', async () => {
    const model = await goldenModel(version);
    const decoder = await goldenDecoder(model);
    const sequence = await decoder.prefill(asTokens(await goldenImageTokens(model)), PROMPT_IDS, 6);
    const { logits } = sequence;
    expectClose(logits, golden.first);
    expect(topIds(logits, 1)).toEqual([golden.whole.argmax]);
    expectClose([Math.max(...logits)], [golden.whole.max]);
    expectClose([logits.reduce((sum, x) => sum + x)], [golden.whole.sum], 1e-4);
    expectClose([Math.hypot(...logits)], [golden.whole.l2], 1e-4);
    for (const other of [golden.imageTimesSqrt, golden.framesSwapped, golden.textNotScaled, golden.causal]) {
      expect(distance(logits, other)).toBeGreaterThan(0.05);
    }

    for (const [step, id] of golden.greedy.entries()) {
      expect(topIds(sequence.logits, 1)).toEqual([id]);
      const wanted = golden.steps.get(step);
      if (wanted !== undefined) {
        expectClose(sequence.logits, wanted.slice(0, 4), 5e-5);
        expectClose([Math.max(...sequence.logits)], wanted.slice(4), 5e-5);
      }
      await sequence.append(id);
    }
  });

  it('gives the documented wrong logits when image tokens are scaled, or frames swapped', async () => {
    const model = await goldenModel(version);
    const decoder = await goldenDecoder(model);
    const tokens = await goldenImageTokens(model);
    const scaled = await decoder.prefill(asTokens(tokens.map((x) => x * Math.sqrt(24))), PROMPT_IDS, 0);
    expectClose(scaled.logits, golden.imageTimesSqrt);
    const swapped = Float32Array.of(...tokens.slice(4 * 24), ...tokens.slice(0, 4 * 24));
    expectClose((await decoder.prefill(asTokens(swapped), PROMPT_IDS, 0)).logits, golden.framesSwapped);
  });
});

describe('the golden model v2', () => {
  it('gives the documented wrong logits without the attention softcap', async () => {
    const model = await goldenModel('v2');
    const decoder = await goldenDecoder(model, (config) => ({
      ...config,
      text: { ...config.text, attentionSoftcap: null },
    }));
    const { logits } = await decoder.prefill(asTokens(await goldenImageTokens(model)), PROMPT_IDS, 0);
    expectClose(logits, [1.56677, -1.40955, 2.61195, 1.68687]);
    expect(distance(logits, GOLDEN.v2.first)).toBeGreaterThan(1e-3);
  });
});
