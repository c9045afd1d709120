import type { Box } from '../../tasks/detection.js';
import type { MaskRuns } from './mask-runs.js';

/** A thing to draw at the time of a look. */
export interface DrawnThing {
  readonly label: string;
  /** The same number in every look that shows this thing; null draws no number. */
  readonly track: number | null;
  readonly box: Box;
  readonly mask: MaskRuns | null;
}

/** What was found in one frame; seconds, the end exclusive. */
export interface DrawnLook {
  readonly seconds: number;
  readonly endSeconds: number;
  readonly things: readonly DrawnThing[];
}

/** A caption, an answer or the text that was read, and when it is shown; the end is exclusive. */
export interface DrawnWords {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
}

/** All that is drawn into a video; looks and words in the order of their times. */
export interface Drawing {
  readonly looks: readonly DrawnLook[];
  readonly words: readonly DrawnWords[];
}
