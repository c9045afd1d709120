import { useEffect, useMemo } from 'react';
import { VTT_HEADER, vttCue } from '../../src/delivery/subtitles/subtitles.js';
import type { Line } from './video-results.js';

/** The address of a WebVTT file with what has been written so far, in this page's memory. */
export function useCaptionTrack(lines: readonly Line[]): string {
  const text =
    VTT_HEADER +
    lines
      .filter(({ isPartial }) => !isPartial)
      .map(vttCue)
      .join('');
  const url = useMemo(() => URL.createObjectURL(new Blob([text], { type: 'text/vtt' })), [text]);
  useEffect(
    () => () => {
      URL.revokeObjectURL(url);
    },
    [url],
  );
  return url;
}
