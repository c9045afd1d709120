import type { Line } from './video-results.js';

/** The place of the line that holds at a time: the last of those that have begun and not ended; -1 for none. */
export function lineAt(lines: readonly Line[], seconds: number): number {
  return lines.findLastIndex(
    ({ startSeconds, endSeconds }) => startSeconds <= seconds && seconds < endSeconds,
  );
}
