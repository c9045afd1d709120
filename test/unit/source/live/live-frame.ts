import { PIXEL_AXES, tensor } from '../../../../src/shared/tensor.js';
import type { LiveFrame } from '../../../../src/source/live/live-frame.js';

/** A frame of 8x8 pixels, all of one gray, captured the moment it is stamped with. */
export function liveFrame(timestampSeconds: number, gray = 0, run = 1): LiveFrame {
  return {
    key: `t${timestampSeconds}`,
    index: 0,
    timestampSeconds,
    pixels: tensor(PIXEL_AXES, [8, 8, 3], new Uint8Array(192).fill(gray)),
    capturedAtMs: timestampSeconds * 1000,
    run,
    sourceSeconds: timestampSeconds,
  };
}
