/**
 * `connecting` until the first frame, `live` while frames come, `stalled` when none came for a while (the connection
 * still stands), `retrying` between two attempts. `ended` and `failed` are the last: stopped or over; given up.
 */
export type LiveState = 'connecting' | 'live' | 'stalled' | 'retrying' | 'ended' | 'failed';

/** How a live source is. */
export interface LiveStatus {
  readonly state: LiveState;
  /** One sentence for people; holds no credentials. */
  readonly reason: string;
  /** Stable code of what led here, null when nothing went wrong. */
  readonly code: string | null;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Attempts in a row that did not come to stay live, this one included; 0 while live. */
  readonly attempt: number;
  /** `retrying`: how long until the next attempt, else null. */
  readonly retryInSeconds: number | null;
}
