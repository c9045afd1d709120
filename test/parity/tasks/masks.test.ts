import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resizeFloats } from '../../../src/source/resize/resize-floats.js';
import { maskRle } from '../../../src/tasks/mask-rle.js';
import { pasteMask } from '../../../src/tasks/paste-mask.js';
import { pasteSoftMask } from '../../../src/tasks/paste-soft-mask.js';
import type { PictureSize, PixelBox } from '../../../src/tasks/pixel-box.js';

interface Encoded extends PictureSize {
  readonly a?: number;
  readonly b?: number;
  readonly fill?: number;
  readonly rectangle?: readonly number[];
  readonly counts: string;
}

/** What Pillow and pycocotools make of the masks of mask-decoder.f32, times 16. */
const GOLDEN = JSON.parse(readFileSync('test/fixtures/tasks/masks.json', 'utf8')) as {
  pasted: {
    mask: number;
    size: PictureSize;
    box: PixelBox;
    floatsSha256: string;
    rle: string;
    on: number;
    softSha256: string;
    softSum: number;
  }[];
  encoded: Encoded[];
};

const bytes = readFileSync('test/fixtures/graph/mask-decoder.f32');
const decoded = new Float32Array(Uint8Array.from(bytes).buffer).map((value) => value * 16);
const square = (mask: number) => decoded.subarray(mask * 4096, (mask + 1) * 4096);
const sha256 = (data: Uint8Array | Float32Array) =>
  createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
const sum = (data: Uint8Array) => data.reduce((total, value) => total + value, 0);

describe.each(GOLDEN.pasted)('a mask pasted into $box', ({ mask, size, box, ...expected }) => {
  const inside = { rows: box.bottom - box.top, columns: box.right - box.left };

  it('is resized to the bit as Pillow resizes floats', () => {
    const resized = resizeFloats(square(mask), { rows: 64, columns: 64 }, inside, 'bilinear');
    expect(sha256(resized)).toBe(expected.floatsSha256);
  });

  it('covers the pixels that Google evaluation says it covers', () => {
    const pasted = pasteMask(square(mask), box, size);
    expect(sum(pasted.data)).toBe(expected.on);
    expect(maskRle(pasted)).toEqual({ size: [size.height, size.width], counts: expected.rle });
  });

  it('is as soft as in the demo of Google, byte for byte', () => {
    const { data } = pasteSoftMask(square(mask), box, size);
    const rows = Array.from({ length: inside.rows }, (_, row) => {
      const start = (box.top + row) * size.width + box.left;
      return [...data.subarray(start, start + inside.columns)];
    });
    expect(sum(data)).toBe(expected.softSum);
    expect(sha256(Uint8Array.from(rows.flat()))).toBe(expected.softSha256);
  });
});

/** The same masks as on the other side: full, a rectangle, or scattered by a rule. */
function maskOf({ height, width, a = 0, b = 0, fill, rectangle }: Encoded) {
  const [top = 0, left = 0, bottom = 0, right = 0] = rectangle ?? [];
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    if (fill !== undefined) return fill;
    if (rectangle === undefined) return (((i * a) % 1009) * ((i * b) % 499)) % 7 < 3 ? 1 : 0;
    const [y, x] = [Math.floor(i / width), i % width];
    return y >= top && y < bottom && x >= left && x < right ? 1 : 0;
  });
  return { width, height, data };
}

describe('maskRle', () => {
  it.each(GOLDEN.encoded.map((golden, i) => ({ golden, i })))('writes mask $i as pycocotools does', (row) => {
    expect(maskRle(maskOf(row.golden)).counts).toBe(row.golden.counts);
  });
});
