import { expect, it } from 'vitest';
import { PpmFrames } from '../../../../src/source/live/ppm-frames.js';

const ppm = (width: number, height: number, gray: number) =>
  Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), Buffer.alloc(width * height * 3, gray)]);

it.each([1, 2, 7, 1000])('finds pictures of changing sizes in pieces of %d bytes', (step) => {
  const bytes = Buffer.concat([ppm(4, 2, 7), ppm(1, 1, 10), ppm(2, 3, 255)]);
  const frames = new PpmFrames();
  const found = [];
  for (let from = 0; from < bytes.length; from += step)
    found.push(...frames.add(bytes.subarray(from, from + step)));
  expect(found.map(({ widthPixels, heightPixels, data }) => [widthPixels, heightPixels, ...data])).toEqual([
    [4, 2, ...new Uint8Array(24).fill(7)],
    [1, 1, 10, 10, 10],
    [2, 3, ...new Uint8Array(18).fill(255)],
  ]);
  expect(new Set(found.map(({ data }) => data.buffer)).size).toBe(3);
});

it('refuses what is no picture', () => {
  expect(() => [...new PpmFrames().add(Buffer.from('frame=  12 fps=0.0 q=-0.0 size='))]).toThrow(
    'begins with',
  );
});
