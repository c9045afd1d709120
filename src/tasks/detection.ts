/**
 * A rectangle in fractions of the whole picture, 0 to 1, both ends included. The model sees the picture squashed
 * to a square, so the same fractions hold for the square and for the video at any size.
 */
export interface Box {
  readonly yMin: number;
  readonly xMin: number;
  readonly yMax: number;
  readonly xMax: number;
}

/** One thing that was found. */
export interface Detection {
  /** What the model called it; '' when it gave no name. */
  readonly label: string;
  readonly box: Box;
  /** The 16 codes (0 to 127) of its mask, row-major 4x4; null when the model gave a box alone. */
  readonly codes: readonly number[] | null;
}

/** Which pixels belong to a thing, at the size of the full picture. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** `[row, column]`, row-major; 1 where the thing is, else 0. */
  readonly data: Uint8Array;
}

/** A piece of the model's text that is no proper detection. */
export interface Problem {
  /** One sentence for people. */
  readonly reason: string;
  /** The piece that was malformed. */
  readonly text: string;
}

/** What could be read of the model's text, and what could not. */
export interface Detections {
  readonly found: readonly Detection[];
  readonly problems: readonly Problem[];
}
