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

/**
 * Frames of a video or picture file, evenly over a part of it, as the model sees them.
 * @param size - side of the model's square, pixels
 * @throws those of `openClips`
 */
export async function videoFrames(
  path: string,
  { frames, range, isPassing = false }: VideoLook,
  { tools, size, signal }: { tools: FfmpegTools; size: number; signal: AbortSignal },
): Promise<readonly Frame[]> {
  const plan = { kind: 'even', frames } as const;
  const seen: Frame[] = [];
  for await (const clip of openClips(path, { tools, size, plan, range, signal })) seen.push(...clip.frames);
  return isPassing ? seen.map((frame) => ({ ...frame, key: pixelsKey(frame.pixels) })) : seen;
}
