import type { Pixels } from './tensor.js';

/** One picture of a source at the model's square size, with the time it shows. */
export interface Frame {
  /** Same key, same pixels: image tokens are cached under it. Unique across sources. */
  readonly key: string;
  /** 0-based place among the frames this source has given. */
  readonly index: number;
  /** Seconds from the start of the source, right also for variable frame rates. */
  readonly timestampSeconds: number;
  /** RGB bytes, squashed to the model's square. */
  readonly pixels: Pixels;
}

/** Frames that are looked at together, in time order, and why these. */
export interface Clip {
  /** 0-based place among the clips of this source. */
  readonly index: number;
  readonly frames: readonly Frame[];
  /** The stretch of the source the clip stands for, seconds; end is exclusive. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}
