import type { ReadSegment } from './read-segments.js';
import { wasKilled } from './retry-killed.js';
import { type SegmentFrame, segmentFrames, type SegmentReading } from './segment-frames.js';
import type { Timeline } from './timeline.js';
import type { VideoInfo } from './video-info.js';

/** Killed so often without a frame in between, it is no accident. */
const MAX_KILLS = 3;

/** As `segmentFrames`; when ffmpeg is killed, another goes on behind the last frame, so that none is lost or given twice. */
export async function* rereadKilled(
  video: VideoInfo,
  timeline: Timeline,
  segment: ReadSegment,
  reading: SegmentReading,
): AsyncGenerator<SegmentFrame, void, undefined> {
  let { wanted } = segment;
  for (let kills = 0; wanted.length > 0; kills++) {
    let last = -Infinity;
    try {
      for await (const frame of segmentFrames(video, timeline, { ...segment, wanted }, reading)) {
        last = frame.timestampSeconds;
        kills = 0;
        yield frame;
      }
      return;
    } catch (error) {
      if (!wasKilled(error) || kills >= MAX_KILLS) throw error;
      const given = last;
      wanted = wanted.filter((frame) => (timeline.seconds[frame] ?? 0) > given);
    }
  }
}
