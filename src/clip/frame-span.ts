import { RequestError } from '../shared/errors.js';
import type { Timeline } from '../source/timeline.js';
import type { FrameSpan } from './plan-frames.js';
import { TIME_SLACK_SECONDS } from './window-places.js';

/** A part of a file, seconds; the end is exclusive. */
export interface TimeRange {
  readonly startSeconds?: number | undefined;
  readonly endSeconds?: number | undefined;
}

/**
 * The frames that begin inside a range.
 * @throws RequestError `bad_time_range` when it is turned round or holds no frame
 */
export function frameSpan(timeline: Timeline, range: TimeRange = {}): FrameSpan {
  const { startSeconds = 0, endSeconds = Infinity } = range;
  const first = timeline.seconds.findIndex((seconds) => seconds >= startSeconds - TIME_SLACK_SECONDS);
  const after = timeline.seconds.findIndex((seconds) => seconds >= endSeconds - TIME_SLACK_SECONDS);
  const end = after === -1 ? timeline.seconds.length : after;
  if (first === -1 || end <= first || Number.isNaN(endSeconds)) {
    throw new RequestError(
      'bad_time_range',
      `the range from ${startSeconds} s to ${endSeconds === Infinity ? 'the end' : `${endSeconds} s`} holds no frame: give a part of 0 to ${timeline.endSeconds.toFixed(3)} s`,
    );
  }
  return { first, end, endSeconds: Math.min(endSeconds, timeline.endSeconds) };
}
