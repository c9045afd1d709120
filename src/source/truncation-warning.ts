import type { Timeline } from './timeline.js';
import type { SourceWarning, VideoInfo } from './video-info.js';

/** Headers round, and sound may go on a little; more than this is missing picture. */
const SLACK_SECONDS = 1;
const SLACK_SHARE = 0.02;

/** A warning when a file holds clearly less than its header promises. */
export function truncationWarning(video: VideoInfo, timeline: Timeline): SourceWarning | undefined {
  const missing = video.durationSeconds - timeline.endSeconds;
  if (video.durationIsEstimated || missing <= Math.max(SLACK_SECONDS, video.durationSeconds * SLACK_SHARE)) {
    return undefined;
  }
  return {
    code: 'video_truncated',
    message: `the file promises ${video.durationSeconds.toFixed(1)} s but holds ${timeline.endSeconds.toFixed(1)} s: what is there is read`,
  };
}
