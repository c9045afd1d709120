import sharp from 'sharp';
import type { Mask } from './detection.js';

/** A mask as a PNG of one channel: 255 where the thing is, else 0. */
export async function maskPng({ width, height, data }: Mask): Promise<Buffer> {
  const grey = data.map((value) => value * 255);
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
}
