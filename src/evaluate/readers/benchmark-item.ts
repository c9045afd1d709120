import type { Box } from '../boxes/box.js';

/** One question about one picture, some pictures or one video of a benchmark. */
export interface BenchmarkItem {
  /** Its own within the benchmark; as published, where there is one. */
  readonly id: string;
  /** Pictures in order, or one video: paths from the data folder, `/` between names. */
  readonly media: readonly string[];
  /** The part of a video that is asked about, seconds; all of it when left out. */
  readonly range?: { readonly start: number; readonly end: number };
  /** A box that is drawn into the picture, in shares of it. */
  readonly drawn?: Box;
  /** What the prompt is filled with. */
  readonly fields: Readonly<Record<string, string>>;
  /** None where the answers are not public. */
  readonly references: readonly string[];
  /** What scores are grouped by: a language, a split, a type of question. */
  readonly group?: string;
  /** Items that only count together. */
  readonly pair?: string;
  /** What an expression refers to: a box in shares of the picture, the outlines as COCO has them. */
  readonly region?: Region;
}

export interface Region {
  readonly box: Box;
  readonly width: number;
  readonly height: number;
  /** Corners of each outline, `[x0, y0, x1, y1, ...]`, pixels. */
  readonly polygons: readonly (readonly number[])[];
}
