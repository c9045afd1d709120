import { RequestError } from '../shared/errors.js';
import { frameOnScreen } from '../source/frame-on-screen.js';
import type { Timeline } from '../source/timeline.js';
import type { SamplingPlan, WindowsPlan } from './sampling-plan.js';
import { sceneSettings } from './scene-settings.js';
import { TIME_SLACK_SECONDS, asWindows, targetOffset, windowCount, windowStart } from './window-places.js';

/** Of a video, half a second's work to plan: hundreds a second for hours, where people look a few times a second. */
const MAX_LOOKS = 4_000_000;

/** A stretch of a timeline: frames `first` to before `end`, and when it ends. */
export interface FrameSpan {
  readonly first: number;
  readonly end: number;
  readonly endSeconds: number;
}

/**
 * Decides which frames of a file are read for a plan: numbers in its timeline, rising, each once.
 *
 * The timeline counts the frames that are there, not those a header promises, so even sampling is right for
 * variable frame rates and broken headers.
 * @throws RequestError `bad_sampling_plan` for one that looks more often than can be planned
 */
export function planFrames(
  timeline: Pick<Timeline, 'seconds'>,
  plan: SamplingPlan,
  span: FrameSpan,
): number[] {
  const total = span.end - span.first;
  switch (plan.kind) {
    case 'even': {
      if (total <= plan.frames) return Array.from({ length: total }, (_, i) => span.first + i);
      return Array.from(
        { length: plan.frames },
        (_, i) => span.first + Math.floor((i * total) / plan.frames),
      );
    }
    case 'stride': {
      const count = Math.min(plan.frames, Math.ceil(total / plan.stride));
      return Array.from({ length: count }, (_, i) => span.first + i * plan.stride);
    }
    case 'every':
    case 'windows':
      return windowFrames(timeline.seconds, asWindows(plan), span);
    case 'scenes':
      return windowFrames(
        timeline.seconds,
        asWindows({ kind: 'every', seconds: sceneSettings(plan).sampleSeconds }),
        span,
      );
  }
}

function windowFrames(seconds: Float64Array, plan: WindowsPlan, span: FrameSpan): number[] {
  const inside = seconds.subarray(span.first, span.end);
  const start = inside[0] ?? 0;
  const wanted = new Set<number>();
  const windows = windowCount(plan, span.endSeconds - start, 'repeat');
  if (windows * plan.frames > MAX_LOOKS) {
    throw new RequestError(
      'bad_sampling_plan',
      `the sampling looks ${windows * plan.frames} times at ${inside.length} frames: give longer windows or fewer frames`,
    );
  }
  for (let k = 0; k < windows; k++) {
    for (let i = 0; i < plan.frames; i++) {
      const target = start + windowStart(plan, k) + targetOffset(plan, i);
      if (i > 0 && target >= span.endSeconds - TIME_SLACK_SECONDS) break;
      wanted.add(span.first + Math.max(0, frameOnScreen(inside, target + TIME_SLACK_SECONDS)));
    }
  }
  return [...wanted].sort((a, b) => a - b);
}
