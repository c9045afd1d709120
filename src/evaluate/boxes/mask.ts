/** Where a thing is in a picture. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** 1 where the thing is, else 0; `[row, column]`. */
  readonly data: Uint8Array;
}
