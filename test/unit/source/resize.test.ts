import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PIXEL_AXES, type Pixels, tensor } from '../../../src/shared/tensor.js';
import { coefficients } from '../../../src/source/resize/coefficients.js';
import { RESIZE_FILTERS } from '../../../src/source/resize/filters.js';
import { resizeBicubic } from '../../../src/source/resize/resize-bicubic.js';
import { resizePixels } from '../../../src/source/resize/resize-pixels.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures/paligemma-tiny');
const CHECKPOINTS = readdirSync(FIXTURES);

async function decode(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return tensor(PIXEL_AXES, [info.height, info.width, 3], new Uint8Array(data));
}

function picture(rows: number, columns: number, byte: (index: number) => number): Pixels {
  return tensor(
    PIXEL_AXES,
    [rows, columns, 3],
    Uint8Array.from({ length: rows * columns * 3 }, (_, i) => byte(i)),
  );
}

function red({ data, dims: [rows, columns] }: Pixels): number[][] {
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => data[(y * columns + x) * 3] ?? -1),
  );
}

describe('resizeBicubic', () => {
  it.each(CHECKPOINTS)('equals the reference byte for byte on every frame of %s', async (checkpoint) => {
    const frames = join(FIXTURES, checkpoint, 'frames');
    const names = readdirSync(frames).filter((name) => name.endsWith('.resized.png'));
    expect(names).toHaveLength(16);
    for (const name of names) {
      const expected = await decode(join(frames, name));
      const source = await decode(join(frames, name.replace('.resized', '')));
      const resized = resizeBicubic(source, expected.dims[0]);
      expect(Buffer.compare(resized.data, expected.data), name).toBe(0);
    }
  });
});

describe('resizePixels', () => {
  // Golden numbers of PIL for img[h,w,c] = ((h*6+w)*3+c)*37+11 mod 256.
  const source = picture(5, 6, (i) => (i * 37 + 11) % 256);

  it('equals PIL when a picture shrinks', () => {
    const size = { rows: 3, columns: 3 };
    expect(red(resizePixels(source, size, 'bicubic'))).toEqual([
      [85, 166, 141],
      [112, 121, 154],
      [159, 125, 91],
    ]);
    expect(red(resizePixels(source, size, 'bilinear'))).toEqual([
      [93, 158, 140],
      [114, 124, 149],
      [155, 126, 96],
    ]);
  });

  it('equals PIL when a picture grows to a rectangle', () => {
    const grown = resizePixels(source, { rows: 8, columns: 7 }, 'bicubic');
    expect(grown.dims).toEqual([8, 7, 3]);
    expect(red(grown)[0]).toEqual([0, 99, 221, 158, 113, 185, 37]);
  });

  it('resizes very high pictures along columns first, as Pillow does', () => {
    // Pillow 12: Image.fromarray(img).resize((2, 2), BICUBIC) of a 3x400 picture, red channel.
    const high = picture(400, 3, (i) => (i * i * 31 + 7) % 256);
    expect(red(resizePixels(high, { rows: 2, columns: 2 }, 'bicubic'))).toEqual([
      [128, 131], // 130 with the other order
      [130, 129],
    ]);
  });

  it('gives the same picture back at its own size', () => {
    expect(resizePixels(source, { rows: 5, columns: 6 }, 'bicubic')).toBe(source);
  });

  it('stretches a picture of one pixel', () => {
    const dot = picture(1, 1, () => 77);
    expect(resizeBicubic(dot, 4).data.every((value) => value === 77)).toBe(true);
  });

  it('refuses a size that is not whole pixels', () => {
    expect(() => resizeBicubic(source, 0)).toThrow(/sides are whole pixels/);
    expect(() => resizeBicubic(source, 1.5)).toThrow(/sides are whole pixels/);
  });
});

describe('coefficients', () => {
  it.each(['bicubic', 'bilinear'] as const)('of %s never make a sum beyond 32 bits', (name) => {
    let largest = 0;
    for (let input = 1; input <= 64; input++) {
      for (let output = 1; output <= 64; output++) {
        const { counts, weights, taps } = coefficients(input, output, RESIZE_FILTERS[name]);
        counts.forEach((count, i) => {
          const positive = weights.subarray(i * taps, i * taps + count).filter((weight) => weight > 0);
          largest = Math.max(
            largest,
            positive.reduce((sum, weight) => sum + weight, 0),
          );
        });
      }
    }
    expect(largest * 255 + 2 ** 21).toBeLessThan(2 ** 31);
  });
});
