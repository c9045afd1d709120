/** Which frames of a source are looked at together. */
export type SamplingPlan = EvenPlan | StridePlan | EveryPlan | WindowsPlan | ScenesPlan;

/**
 * One clip of N frames, evenly over the whole: `idx = floor(i*T/N)` of its T frames. A video with fewer
 * frames than N is repeated from its first frame on (`idx = i mod T`), as big_vision does.
 */
export interface EvenPlan {
  readonly kind: 'even';
  readonly frames: number;
}

/**
 * One clip of the frames 0, s, 2s, ... (N-1)s: the paper's way of reading a video. A video that ends sooner
 * is repeated from its first frame on.
 */
export interface StridePlan {
  readonly kind: 'stride';
  readonly frames: number;
  /** Counted in frames of the video, whatever their rate. */
  readonly stride: number;
}

/** A clip of one frame every so many seconds: the one on screen then. */
export interface EveryPlan {
  readonly kind: 'every';
  readonly seconds: number;
}

/**
 * Clips of N frames, evenly inside a window of W seconds, a window every S seconds; they overlap when S is
 * less than W. The frame on screen at `start + i*W/N` is taken.
 */
export interface WindowsPlan {
  readonly kind: 'windows';
  readonly frames: number;
  readonly windowSeconds: number;
  readonly everySeconds: number;
}

/**
 * A clip of N frames for each scene: cut where the picture changes at once, and at the latest after so many
 * seconds. Cuts are found to the precision of the sampling.
 */
export interface ScenesPlan {
  readonly kind: 'scenes';
  readonly frames: number;
  /** How much of the picture has to change, 0 to 1; 0.15 by default. */
  readonly threshold?: number;
  /** Pictures are compared so often; 0.5 by default. */
  readonly sampleSeconds?: number;
  /** A cut sooner than this after the last one is none; 1 by default. */
  readonly minSeconds?: number;
  /** A scene ends after so many seconds; 60 by default. It bounds the frames that are held. */
  readonly maxSeconds?: number;
}
