import type { Clip, Frame } from '../../../src/shared/frame.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';

const SIDE = 8;

/** A small frame whose gray tells its number. */
export function grayFrame(index: number, timestampSeconds: number, gray = index): Frame {
  const pixels = tensor(PIXEL_AXES, [SIDE, SIDE, 3], new Uint8Array(SIDE * SIDE * 3).fill(gray));
  return { key: `k${index}`, index, timestampSeconds, pixels };
}

/** Frames at the given times, one at a time. */
export async function* framesAt(
  times: readonly number[],
  onAsk?: (index: number) => void,
): AsyncGenerator<Frame> {
  for (const [index, time] of times.entries()) {
    onAsk?.(index);
    yield await Promise.resolve(grayFrame(index, time));
  }
}

/** Every clip as its frames' numbers, and the stretch it stands for. */
export async function cutsOf(
  clips: AsyncIterable<Clip>,
): Promise<{ frames: number[]; span: [number, number] }[]> {
  const cuts: { frames: number[]; span: [number, number] }[] = [];
  for await (const clip of clips) {
    cuts.push({
      frames: clip.frames.map((frame) => frame.index),
      span: [clip.startSeconds, clip.endSeconds],
    });
  }
  return cuts;
}

/** `count` times, so many a second. */
export function timesAt(rate: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => i / rate);
}
