/**
 * Every frame a video displays, in order of display: what plans count in.
 *
 * It is read from the file's packets, so it is right where the header's frame count and rate are not.
 */
export interface Timeline {
  /** Seconds from the start of the source, strictly rising; one a frame. */
  readonly seconds: Float64Array;
  /** 1 where decoding may begin. */
  readonly isKey: Uint8Array;
  /** When the last frame ends. */
  readonly endSeconds: number;
  /** The container's timestamp that counts as 0 seconds. */
  readonly zeroSeconds: number;
}
