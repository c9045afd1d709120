/** When a live source counts as stalled or lost, and how it is tried again. */
export interface LiveLimits {
  /** Without a first frame for so long an attempt is given up: playlists and key frames may take ten. */
  readonly connectSeconds: number;
  /** Without a frame for so long it is `stalled`. */
  readonly stallSeconds: number;
  /** Without a frame for so long the connection is given up. */
  readonly lostSeconds: number;
  /** Waits between attempts; the last one for all that follow. */
  readonly retrySeconds: readonly number[];
  /** A connection that gave frames for so long was a good one: the waits begin anew after it. */
  readonly steadySeconds: number;
  /** ffmpeg may say goodbye to the camera for so long before it is killed. */
  readonly goodbyeMs: number;
}

export const LIVE_LIMITS: LiveLimits = {
  connectSeconds: 20,
  stallSeconds: 5,
  lostSeconds: 15,
  retrySeconds: [1, 5, 10, 30],
  steadySeconds: 10,
  goodbyeMs: 500,
};
