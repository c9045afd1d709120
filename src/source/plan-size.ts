import { PIXEL_AXES, tensor } from '../shared/tensor.js';
import { resizeBicubic } from './resize/resize-bicubic.js';

/** Who squashes the picture to the model's square, and to what size ffmpeg scales before. */
export interface Sizing {
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** ffmpeg's RGB bytes of that size to `[size, size, 3]`. */
  toSquare(bytes: Uint8Array): Uint8Array;
}

/** The exact resize takes 2 to 5 ms for 320x240 and ten times that for 1280x720, on the thread that serves. */
const EXACT_PIXELS = 384 * 288;

/**
 * Small videos are resized here, byte for byte as the reference does it; larger ones by ffmpeg's bicubic,
 * which differs by 0.3 to 0.8 of 255 on average (at most 28 at hard edges) and runs beside this thread.
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
