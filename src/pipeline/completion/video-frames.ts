import type { TimeRange } from '../../clip/frame-span.js';
import { openClips } from '../../clip/open-clips.js';
import type { Frame } from '../../shared/frame.js';
import type { FfmpegTools } from '../../source/ffmpeg-program.js';
import { pixelsKey } from './pixels-key.js';

export interface VideoLook {
  /** How many, evenly over the range; a picture has one. */
  readonly frames: number;
  readonly range: TimeRange;
  /** The file is gone afterwards, and comes again as another: its frames are known by their pixels. */
  readonly isPassing?: boolean;
}

export interface VideoFrameReading {
  readonly tools: FfmpegTools;
  /** Side of the model's square, pixels. */
  readonly size: number;
  /** Of the video; a longer one is refused while it is read. */
  readonly maxSeconds?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Frames of a video or picture file, evenly over a part of it, as the model sees them.
 * @throws those of `openClips`
 */
export async function videoFrames(
  path: string,
  { frames, range, isPassing = false }: VideoLook,
  { tools, size, maxSeconds, signal }: VideoFrameReading,
): Promise<readonly Frame[]> {
  const plan = { kind: 'even', frames } as const;
  const seen: Frame[] = [];
  for await (const clip of openClips(path, { tools, size, plan, range, maxSeconds, signal }))
    seen.push(...clip.frames);
  return isPassing ? seen.map((frame) => ({ ...frame, key: pixelsKey(frame.pixels) })) : seen;
}
