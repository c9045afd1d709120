import { DOUBLING_LAYERS, MASK_DECODER_SHAPES } from '../../../src/graph/mask-decoder-shapes.js';
import { goldenNumbers } from './golden-number.js';

/** The mask decoder of paligemma.md section 11.3: every tensor a stream of numbers that depends on its name. */
export function goldenMaskDecoder(): Map<string, Float32Array> {
  return new Map(
    [...MASK_DECODER_SHAPES].map(([name, shape]) => {
      const count = shape.reduce((product, size) => product * size, 1);
      return [name, goldenNumbers(name, count, scaleOf(name, shape))];
    }),
  );
}

function scaleOf(name: string, shape: readonly number[]): number {
  if (name.endsWith('.bias')) return 0.1;
  if (!name.endsWith('.weight')) return 0.5;
  const doubles = DOUBLING_LAYERS.some((layer) => name === `${layer}.weight`);
  const fan = doubles ? (shape[0] ?? 0) * 4 : shape.slice(1).reduce((product, size) => product * size, 1);
  return 1.7 / Math.sqrt(fan);
}
