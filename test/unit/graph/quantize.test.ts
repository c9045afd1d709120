import { describe, expect, it } from 'vitest';
import { quantizeBlocks } from '../../../src/graph/quantize-blocks.js';
import { quantizeChannels } from '../../../src/graph/quantize-channels.js';
import { storedFormat } from '../../../src/graph/stored-format.js';
import { randomStream } from '../../../src/language/random.js';

function normals(count: number, seed: number): Float32Array {
  const random = randomStream(seed);
  const normal = () => Array.from({ length: 12 }, random).reduce((sum, u) => sum + u, -6);
  return Float32Array.from({ length: count }, normal);
}

const relativeError = (found: ArrayLike<number>, wanted: Float32Array): number => {
  const error = wanted.reduce((sum, value, i) => sum + (value - (found[i] ?? NaN)) ** 2, 0);
  return Math.sqrt(error / wanted.reduce((sum, value) => sum + value ** 2, 0));
};

describe('quantizeChannels', () => {
  it('turns rows into columns, each within half a step of its own scale', () => {
    const [rows, columns] = [70, 24]; // more than a tile
    const weights = normals(rows * columns, 1).map((w, i) => w * (1 + Math.floor(i / columns)));
    const numbers = new Int8Array(rows * columns);
    const scales = new Float32Array(rows);
    quantizeChannels(weights.subarray(0, 66 * columns), columns, 0, numbers, scales);
    quantizeChannels(weights.subarray(66 * columns), columns, 66, numbers, scales);
    weights.forEach((weight, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      const scale = scales[row] ?? 0;
      expect(Math.abs((numbers[column * rows + row] ?? 0) * scale - weight)).toBeLessThanOrEqual(
        scale * 0.5001,
      );
    });
    expect(Math.max(...numbers)).toBe(127);
  });

  it('keeps a row of zeros zero', () => {
    const numbers = new Int8Array(6);
    const scales = new Float32Array(2);
    quantizeChannels(Float32Array.of(0, 0, 0, 1, -2, 0), 3, 0, numbers, scales);
    expect([...numbers]).toEqual([0, 64, 0, -127, 0, 0]);
    expect(scales[0]).toBe(0);
  });
});

describe('quantizeBlocks', () => {
  const unpack = (numbers: Uint8Array, scales: Float32Array, bits: 4 | 8, block: number, columns: number) => {
    const blocks = Math.ceil(columns / block);
    const half = 1 << (bits - 1);
    return Float32Array.from({ length: (scales.length / blocks) * columns }, (_, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      const at = row * blocks * block + column;
      const byte = numbers[bits === 8 ? at : at >> 1] ?? 0;
      const number = bits === 8 ? byte : (byte >> (4 * (at % 2))) & 15;
      return (number - half) * (scales[row * blocks + Math.floor(column / block)] ?? 0);
    });
  };
  const quantize = (weights: Float32Array, bits: 4 | 8, block: number, columns: number) => {
    const rows = weights.length / columns;
    const blocks = Math.ceil(columns / block);
    const numbers = new Uint8Array((rows * blocks * block * bits) / 8);
    const scales = new Float32Array(rows * blocks);
    quantizeBlocks(weights, columns, { bits, block, padded: true }, numbers, scales);
    return { numbers, scales, values: unpack(numbers, scales, bits, block, columns) };
  };

  it.each([
    [8, 128, 0.008],
    [4, 32, 0.09],
    [4, 128, 0.11],
  ] as const)('keeps weights in %i bits and blocks of %i', (bits, block, bound) => {
    const weights = normals(8 * 256, 3);
    expect(relativeError(quantize(weights, bits, block, 256).values, weights)).toBeLessThan(bound);
  });

  it('finds a finer grid than the one that reaches the largest weight', () => {
    const weights = normals(4 * 128, 5);
    const simple = weights.map((_, i) => {
      const row = weights.subarray(i - (i % 128), i - (i % 128) + 128);
      const extreme = row.reduce((max, w) => (Math.abs(w) > Math.abs(max) ? w : max), 0);
      const scale = extreme / -8;
      return scale * Math.min(7, Math.max(-8, Math.round((weights[i] ?? 0) / scale)));
    });
    const error = relativeError(quantize(weights, 4, 128, 128).values, weights);
    expect(error).toBeLessThan(0.97 * relativeError(simple, weights));
  });

  it('fills the end of a last block that is not full with zeros', () => {
    const { numbers, values } = quantize(Float32Array.of(1, -2, 3), 4, 16, 3);
    expect(relativeError(values, Float32Array.of(1, -2, 3))).toBeLessThan(0.1);
    expect([...numbers.subarray(2)]).toEqual([0x88, 0x88, 0x88, 0x88, 0x88, 0x88]);
  });

  it('keeps a block of zeros zero', () => {
    const { scales, values } = quantize(new Float32Array(16), 4, 16, 16);
    expect([...values]).toEqual(new Array(16).fill(0));
    expect([...scales]).toEqual([0]);
  });
});

describe('storedFormat', () => {
  it.each([
    ['language_model.layers.0.mlp.gate_proj.weight', 'float', 'channels8', 'blocks4'],
    ['language_model.layers.17.self_attn.o_proj.weight', 'float', 'channels8', 'blocks4'],
    ['vision_tower.encoder.layers.3.mlp.fc1.weight', 'float', 'channels8', 'channels8'],
    ['multi_modal_projector.linear.weight', 'float', 'channels8', 'channels8'],
    ['lm_head.weight', 'float', 'blocks8', 'blocks8'],
    ['language_model.embed_tokens.weight', 'float', 'table8', 'table8'],
    ['language_model.layers.0.input_layernorm.weight', 'float', 'float', 'float'],
    ['vision_tower.encoder.layers.3.mlp.fc1.bias', 'float', 'float', 'float'],
    ['vision_tower.embeddings.position_embedding.weight', 'float', 'float', 'float'],
    ['vision_tower.embeddings.patch_embedding.weight', 'float', 'float', 'float'],
  ])('%s', (name, ...formats) => {
    expect((['f32', 'int8', 'int4'] as const).map((p) => storedFormat(name, p))).toEqual(formats);
  });
});
