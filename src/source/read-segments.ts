import type { Timeline } from './timeline.js';

/** A stretch of the wanted frames that one ffmpeg reads. */
export interface ReadSegment {
  /** The key frame decoding begins at; undefined to begin at the start of the file. */
  readonly seekFrame: number | undefined;
  /** Numbers in the timeline, rising. */
  readonly wanted: readonly number[];
  /** True when ffmpeg drops the frames in between, false when they are few and dropped here. */
  readonly isSelected: boolean;
}

/**
 * Starting ffmpeg anew costs about as much as decoding this many pixels (a tenth of a second: 50 frames of
 * 1920x1080), so a jump must save more.
 */
const JUMP_WORTH_PIXELS = 100e6;
/** A select expression of one filter; a command line of Windows holds 32 KB, and each takes 60 letters. */
const MAX_RANGES = 300;
/** Scaling a frame in vain costs less than choosing when at least one in so many is wanted. */
const DENSE_SHARE = 1 / 3;

/**
 * Decides how the wanted frames are read: in one go, or by jumping over what nobody asked for.
 *
 * @param wanted numbers in the timeline, rising
 * @param options.isSeekable whether the container can be entered in the middle
 * @param options.pixels of one frame as stored
 */
export function readSegments(
  timeline: Pick<Timeline, 'seconds' | 'isKey'>,
  wanted: readonly number[],
  options: { readonly isSeekable: boolean; readonly pixels: number },
): ReadSegment[] {
  const worth = options.isSeekable ? JUMP_WORTH_PIXELS / Math.max(1, options.pixels) : Infinity;
  const lastKey = lastKeyAtOrBefore(timeline.isKey);
  const segments: { seekFrame: number | undefined; wanted: number[] }[] = [];
  let ranges = 0;
  let previous = -1;
  for (const frame of wanted) {
    const key = lastKey[frame] ?? -1;
    const current = segments.at(-1);
    const isNewRange = frame !== previous + 1;
    const isFull = ranges >= MAX_RANGES && isNewRange && options.isSeekable;
    if (current === undefined || key - previous > worth || (isFull && key >= 0)) {
      const jumps = key > 0 && (key - previous > worth || isFull);
      segments.push({ seekFrame: jumps ? key : undefined, wanted: [frame] });
      ranges = 1;
    } else {
      current.wanted.push(frame);
      if (isNewRange) ranges++;
    }
    previous = frame;
  }
  return segments.map((segment) => ({ ...segment, isSelected: isSelected(segment.wanted) }));
}

function isSelected(wanted: readonly number[]): boolean {
  const span = (wanted.at(-1) ?? 0) - (wanted[0] ?? 0) + 1;
  const ranges = wanted.filter((frame, i) => i === 0 || frame !== (wanted[i - 1] ?? 0) + 1).length;
  return ranges <= MAX_RANGES && (wanted.length < span * DENSE_SHARE || ranges === 1);
}

/** For each frame the last key frame up to it; -1 where there is none. */
function lastKeyAtOrBefore(isKey: Uint8Array): Int32Array {
  let last = -1;
  return Int32Array.from(isKey, (key, i) => (last = key === 1 ? i : last));
}
