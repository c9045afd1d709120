import { ffmpegArgs } from './ffmpeg-args.js';
import type { FfmpegProgram } from './ffmpeg-program.js';
import { filterChain } from './filter-chain.js';
import { nearestFrame } from './nearest-frame.js';
import type { Sizing } from './plan-size.js';
import { type RawFrame, rawFrames } from './raw-frames.js';
import type { ReadingLog } from './reading-log.js';
import type { ReadSegment } from './read-segments.js';
import { selectExpression } from './select-expression.js';
import type { Timeline } from './timeline.js';
import type { VideoInfo } from './video-info.js';

/** How a segment is read. */
export interface SegmentReading {
  readonly program: FfmpegProgram;
  readonly sizing: Sizing;
  readonly toneMap: boolean;
  readonly threads: number;
  readonly stallTimeoutMs: number;
  readonly onStart: ((pid: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
  readonly log: ReadingLog;
}

/** A wanted frame, before it has the model's size. */
export interface SegmentFrame {
  readonly timestampSeconds: number;
  readonly bytes: Uint8Array;
}

/**
 * Yields the wanted frames of a segment, each under the timeline's own time.
 *
 * ffmpeg is ended after the last wanted frame. When a jump went too far, the segment is read again from the
 * start of the file: slow, but right.
 */
export async function* segmentFrames(
  video: VideoInfo,
  timeline: Timeline,
  segment: ReadSegment,
  reading: SegmentReading,
): AsyncGenerator<SegmentFrame, void, undefined> {
  const containerSeconds = timeline.seconds.map((time) => time + timeline.zeroSeconds);
  const first = segment.wanted[0] ?? 0;
  const last = segment.wanted.at(-1) ?? 0;
  const wanted = new Set(segment.wanted);
  let expected = first;
  for await (const raw of rawFrames(rawReading(video, containerSeconds, segment, reading))) {
    const frame = frameOf(raw, containerSeconds, expected);
    if (frame < expected || !wanted.has(frame)) continue;
    if (frame > first && expected === first && segment.seekFrame !== undefined) break;
    expected = frame + 1;
    yield { timestampSeconds: timeline.seconds[frame] ?? 0, bytes: raw.bytes };
    if (frame === last) return;
  }
  if (expected > first || segment.seekFrame === undefined) return;
  yield* segmentFrames(video, timeline, { ...segment, seekFrame: undefined }, reading);
}

function rawReading(
  video: VideoInfo,
  containerSeconds: Float64Array,
  segment: ReadSegment,
  reading: SegmentReading,
): Parameters<typeof rawFrames>[0] {
  const { program, sizing, toneMap, threads, stallTimeoutMs, onStart, signal, log } = reading;
  const filters = filterChain({
    video,
    select: segment.isSelected ? selectExpression(containerSeconds, segment.wanted) : undefined,
    widthPixels: sizing.widthPixels,
    heightPixels: sizing.heightPixels,
    toneMap,
  });
  const seekSeconds = segment.seekFrame === undefined ? undefined : containerSeconds[segment.seekFrame];
  const { file, streamIndex } = video;
  const line = ffmpegArgs({ file, streamIndex, filters, seekSeconds, threads, program });
  const frameBytes = sizing.widthPixels * sizing.heightPixels * 3;
  return { program: program.path, line, frameBytes, stallTimeoutMs, log, onStart, signal };
}

/** A frame without a time is taken for the next one in order. */
function frameOf(raw: RawFrame, containerSeconds: Float64Array, expected: number): number {
  return raw.seconds === undefined ? expected : nearestFrame(containerSeconds, raw.seconds);
}
