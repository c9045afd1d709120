import { useEffect, useMemo } from 'react';
import { VTT_HEADER, vttCue } from '../../src/delivery/subtitles/subtitles.js';
import type { Line } from './video-results.js';

/** The address of a WebVTT file with what has been written so far, in this page's memory. */
export function useCaptionTrack(lines: readonly Line[]): string {
  const cues = lines.filter(({ isPartial }) => !isPartial).map(withoutTouch);
  const text = VTT_HEADER + cues.map(vttCue).join('');
  const url = useMemo(() => URL.createObjectURL(new Blob([text], { type: 'text/vtt' })), [text]);
  useEffect(
    () => () => {
      URL.revokeObjectURL(url);
    },
    [url],
  );
  return url;
}

/** Browsers show both of two cues at the moment in which they touch: the earlier one ends a little before. */
function withoutTouch(line: Line, place: number, lines: readonly Line[]): Line {
  const next = lines[place + 1];
  if (next === undefined || line.endSeconds < next.startSeconds) return line;
  return { ...line, endSeconds: Math.max(line.startSeconds, next.startSeconds - SHORTEST_GAP_SECONDS) };
}

const SHORTEST_GAP_SECONDS = 0.001;
