import sharp from 'sharp';
import type { RgbPicture } from './live/ppm-frames.js';

export interface JpegOptions {
  /** 1 to 100. */
  readonly quality: number;
  /** The longest side, pixels; smaller pictures stay as they are. */
  readonly maxSide: number;
}

/** RGB bytes as a JPEG. */
export async function encodeJpeg(picture: RgbPicture, { quality, maxSide }: JpegOptions): Promise<Buffer> {
  const { data, widthPixels: width, heightPixels: height } = picture;
  const raw = { width, height, channels: 3 } as const;
  const whole = sharp(data, { raw });
  const fitting =
    Math.max(width, height) > maxSide
      ? whole.resize({ width: maxSide, height: maxSide, fit: 'inside' })
      : whole;
  return fitting.jpeg({ quality }).toBuffer();
}
