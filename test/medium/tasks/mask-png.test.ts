import sharp from 'sharp';
import { expect, it } from 'vitest';
import { maskPng } from '../../../src/tasks/mask-png.js';

it('writes a mask as white on black, one channel, without loss', async () => {
  const data = Uint8Array.of(0, 1, 1, 0, 0, 1);
  const png = await maskPng({ width: 3, height: 2, data });
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 3, height: 2, channels: 1 });
  const read = await sharp(png).extractChannel(0).raw().toBuffer();
  expect([...read]).toEqual([0, 255, 255, 0, 0, 255]);
});
