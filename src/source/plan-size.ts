import { PIXEL_AXES, tensor } from '../shared/tensor.js';
import { resizeBicubic } from './resize/resize-bicubic.js';

/** Who squashes the picture to the model's square, and to what size ffmpeg scales before. */
export interface Sizing {
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** ffmpeg's RGB bytes of that size to `[size, size, 3]`. */
  toSquare(bytes: Uint8Array): Uint8Array;
}

/** Up to 640x360 the exact resize takes a few milliseconds a frame; above it ffmpeg's is used. */
const EXACT_PIXELS = 640 * 360;

/**
 * Small videos are resized here, byte for byte as the reference does it; larger ones by ffmpeg's bicubic,
 * which differs by less than one step of 255 on average and costs nothing extra.
 */
export function planSize(
  video: { readonly widthPixels: number; readonly heightPixels: number },
  size: number,
): Sizing {
  const { widthPixels, heightPixels } = video;
  if (widthPixels * heightPixels > EXACT_PIXELS) {
    return { widthPixels: size, heightPixels: size, toSquare: (bytes) => bytes };
  }
  return {
    widthPixels,
    heightPixels,
    toSquare: (bytes) => resizeBicubic(tensor(PIXEL_AXES, [heightPixels, widthPixels, 3], bytes), size).data,
  };
}
