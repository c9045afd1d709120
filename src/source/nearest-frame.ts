import { frameOnScreen } from './frame-on-screen.js';

/** The number of the frame whose time is nearest; ffmpeg and ffprobe round the last digit differently. */
export function nearestFrame(seconds: ArrayLike<number>, atSeconds: number): number {
  const before = frameOnScreen(seconds, atSeconds);
  const after = before + 1;
  const toBefore = atSeconds - (seconds[before] ?? -Infinity);
  const toAfter = (seconds[after] ?? Infinity) - atSeconds;
  return toBefore <= toAfter ? before : after;
}
