import { describe, expect, it } from 'vitest';
import type { Box, Detection } from '../../../src/tasks/detection.js';
import { encodeBox } from '../../../src/tasks/encode-box.js';
import { encodeDetections } from '../../../src/tasks/encode-detections.js';
import { parseDetections } from '../../../src/tasks/parse-detections.js';
import { seededRandom } from './seeded-random.js';

const CODES = Array.from({ length: 16 }, (_, i) => 127 - i);
const WHOLE: Box = { yMin: 0, xMin: 0, yMax: 1, xMax: 1 };

describe('encodeBox', () => {
  it('rounds halves to even thousandths of 1023, in the order top, left, bottom, right', () => {
    const half = (place: number) => (place + 0.5) / 1023;
    expect(encodeBox({ yMin: half(0), xMin: half(1), yMax: half(510), xMax: half(511) })).toBe(
      '<loc0000><loc0002><loc0510><loc0512>',
    );
  });

  it('clips what lies outside', () => {
    expect(encodeBox({ yMin: -0.2, xMin: 0, yMax: 1.1, xMax: 1 })).toBe(
      '<loc0000><loc0000><loc1023><loc1023>',
    );
  });
});

describe('encodeDetections', () => {
  it('writes what the model was trained to write', () => {
    const found: Detection[] = [
      { label: 'cat', box: WHOLE, codes: null },
      { label: '', box: WHOLE, codes: CODES },
    ];
    const segments = CODES.map((code) => `<seg${String(code).padStart(3, '0')}>`).join('');
    const box = '<loc0000><loc0000><loc1023><loc1023>';
    expect(encodeDetections(found)).toBe(`${box} cat ; ${box}${segments}`);
  });

  it('is undone by parseDetections, but for the rounding of the boxes', () => {
    const random = seededRandom(11);
    const found = Array.from({ length: 300 }, (_, i): Detection => {
      const [yMin, xMin] = [random() * 0.5, random() * 0.5];
      const box = { yMin, xMin, yMax: yMin + 0.01 + random() * 0.4, xMax: xMin + 0.01 + random() * 0.4 };
      const codes = i % 2 === 0 ? null : CODES.map(() => Math.floor(random() * 128));
      return { label: `thing ${i}`, box, codes };
    });
    const back = parseDetections(encodeDetections(found), 1023);
    expect(back.problems).toEqual([]);
    expect(back.found.map(({ label, codes }) => ({ label, codes }))).toEqual(
      found.map(({ label, codes }) => ({ label, codes })),
    );
    back.found.forEach(({ box }, i) => {
      for (const side of ['yMin', 'xMin', 'yMax', 'xMax'] as const) {
        expect(Math.abs(box[side] - (found[i]?.box[side] ?? NaN))).toBeLessThanOrEqual(0.5 / 1023 + 1e-12);
      }
    });
  });

  it.each<Detection>([
    { label: 'cat ; dog', box: WHOLE, codes: null },
    { label: '<loc0001>', box: WHOLE, codes: null },
    { label: ' cat', box: WHOLE, codes: null },
    { label: 'cat', box: WHOLE, codes: CODES.slice(1) },
    { label: 'cat', box: WHOLE, codes: [...CODES.slice(1), 128] },
  ])('refuses $label with codes $codes, which would read as something else', (detection) => {
    expect(() => encodeDetections([detection])).toThrow(expect.objectContaining({ code: 'bad_detection' }));
  });
});
