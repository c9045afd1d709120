import type { TailPolicy } from './window-places.js';

/** What the cutting knows of the source beside its frames. */
export interface CutOptions {
  readonly tail: TailPolicy;
  /** Where windows begin to be counted; the first frame's time when left out. */
  readonly startSeconds?: number | undefined;
  /** When the source ends; the last frame's time and one step when left out. */
  readonly endSeconds?: number | undefined;
}
