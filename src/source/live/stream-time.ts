/** Timestamps that are further than this ahead of the time of arrival belong to another clock, or theirs has jumped. */
const MAX_DRIFT_SECONDS = 3;
/** Those that are further than that behind may be of frames that the network held up, unless it lasts so long. */
const MAX_LATE_SECONDS = 10;
/** Frames are at least so far apart: windows tell them apart by their time. */
const MIN_STEP_SECONDS = 0.001;
/** So much of the distance to the time of arrival is made up at every frame: clocks of cameras run fast or slow. */
const SLEW = 0.002;

/**
 * Puts the timestamps of a camera on the time of a stream: seconds that grow whatever the camera does.
 *
 * Distances between frames are the camera's own, which arrival over a network blurs, or bunches after it has held them
 * up; where the camera's clock jumps, or a new connection begins with other numbers, the time of arrival counts.
 */
export class StreamTime {
  /** Stream seconds less timestamp; undefined until a frame has shown it. */
  #offset: number | undefined;
  /** When the first of the frames arrived that come late; undefined while none do. */
  #lateSince: number | undefined;
  #last = -Infinity;

  /** A new connection: its timestamps have nothing to do with those before. */
  reset(): void {
    this.#offset = undefined;
  }

  /**
   * @param timestampSeconds as the source has it; undefined for a frame without one
   * @param arrivedSeconds by a monotonic clock, from the start of the stream
   * @returns seconds from the start of the stream, more than for the frame before
   */
  place(timestampSeconds: number | undefined, arrivedSeconds: number): number {
    const seconds = Math.max(
      this.#candidate(timestampSeconds, arrivedSeconds),
      this.#last + MIN_STEP_SECONDS,
    );
    this.#last = seconds;
    return seconds;
  }

  #candidate(timestamp: number | undefined, arrived: number): number {
    if (timestamp === undefined) return arrived;
    if (this.#offset !== undefined) {
      const seconds = timestamp + this.#offset;
      const drift = arrived - seconds;
      if (drift <= MAX_DRIFT_SECONDS) this.#lateSince = undefined;
      else this.#lateSince ??= arrived;
      const lateFor = arrived - (this.#lateSince ?? arrived);
      if (drift >= -MAX_DRIFT_SECONDS && lateFor < MAX_LATE_SECONDS && seconds > this.#last) {
        if (this.#lateSince === undefined) this.#offset += drift * SLEW;
        return seconds;
      }
    }
    this.#offset = arrived - timestamp;
    this.#lateSince = undefined;
    return arrived;
  }
}
