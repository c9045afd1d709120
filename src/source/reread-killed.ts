import type { ReadSegment } from './read-segments.js';
import { replacementsAfter } from './retry-killed.js';
import { type SegmentFrame, segmentFrames, type SegmentReading } from './segment-frames.js';
import type { Timeline } from './timeline.js';
import type { VideoInfo } from './video-info.js';

/**
 * As `segmentFrames`; when ffmpeg is killed or hangs, another goes on behind the last frame, so that none is lost or
 * given twice. Its error comes when that happens again and again without a frame in between.
 */
export async function* rereadKilled(
  video: VideoInfo,
  timeline: Timeline,
  segment: ReadSegment,
  reading: SegmentReading,
): AsyncGenerator<SegmentFrame, void, undefined> {
  let { wanted } = segment;
  for (let replaced = 0; wanted.length > 0; replaced++) {
    let last = -Infinity;
    try {
      for await (const frame of segmentFrames(video, timeline, { ...segment, wanted }, reading)) {
        last = frame.timestampSeconds;
        replaced = 0;
        yield frame;
      }
      return;
    } catch (error) {
      if (replaced >= replacementsAfter(error)) throw error;
      const given = last;
      wanted = wanted.filter((frame) => (timeline.seconds[frame] ?? 0) > given);
    }
  }
}
