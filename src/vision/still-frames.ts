import { blockColors, pictureDistance } from '../clip/picture-distance.js';
import type { EncodableFrame } from './encodable-frame.js';

/** Streams whose last frame is remembered: 1 KB each. */
const MAX_STREAMS = 1024;

/** Frames that stand for others are remembered for windows that overlap and questions that come later. */
const MAX_STAND_INS = 8192;

/**
 * Which frame's tokens may stand for a frame's: on a still camera, those of an earlier frame that looks almost the
 * same by the mean colours of 8x8 blocks. Distances are from the frame that went through the tower, so that a slow
 * change adds up and is seen.
 */
export class StillFrames {
  readonly #threshold: number;
  readonly #lastEncoded = new Map<string, { readonly key: string; readonly colors: Float32Array }>();
  readonly #standIns = new Map<string, string>();

  /** @param threshold - the largest distance, 0 to 1, at which a frame is taken for the other; 0 never */
  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  /**
   * The key of the frame to take tokens from: its own when it has to be encoded.
   * @param isKnown - whether a key's tokens are there or on their way
   */
  keyFor(stream: string, frame: EncodableFrame, isKnown: (key: string) => boolean): string {
    if (this.#threshold <= 0) return frame.key;
    const before = this.#standIns.get(frame.key);
    if (before !== undefined && isKnown(before)) return before;
    const colors = blockColors(frame.pixels);
    const last = this.#lastEncoded.get(stream);
    if (last !== undefined && isKnown(last.key) && pictureDistance(colors, last.colors) <= this.#threshold) {
      keep(this.#standIns, frame.key, last.key, MAX_STAND_INS);
      return last.key;
    }
    keep(this.#lastEncoded, stream, { key: frame.key, colors }, MAX_STREAMS);
    return frame.key;
  }
}

/** Sets an entry as the newest, and forgets the oldest one over the limit. */
function keep<T>(map: Map<string, T>, key: string, value: T, limit: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= limit) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
