import { type Result, resultJson } from './result-json.js';
import { type Cue, srtCue, VTT_HEADER, vttCue } from '../delivery/subtitles/subtitles.js';
import { thingLines } from './thing-lines.js';
import { shortTime } from '../delivery/subtitles/timecode.js';

export const FORMATS = ['text', 'json', 'vtt', 'srt'] as const;
export type Format = (typeof FORMATS)[number];

/** How results are written down: what stands before all of them, and each. */
export interface ResultFormat {
  readonly header: string;
  /** `number` counts those written from 1. @returns empty when there is nothing to write of it */
  result(result: Result, number: number): string;
}

/** What a format needs to know beside the results. */
export interface FormatOptions {
  /** Whether there is more than one result, so that a text needs its times and things their tracks. */
  readonly several: boolean;
  readonly polygons?: boolean;
  /** A note for the next line of JSON, given once. */
  readonly takeNote?: () => string | null;
}

export function resultFormat(
  format: Format,
  { several, polygons = false, takeNote = () => null }: FormatOptions,
): ResultFormat {
  switch (format) {
    case 'json':
      return { header: '', result: (result) => `${resultJson(result, { note: takeNote(), polygons })}\n` };
    case 'vtt':
      return { header: VTT_HEADER, result: (result) => cueText(result, vttCue) };
    case 'srt':
      return { header: '', result: (result, number) => cueText(result, (cue) => srtCue(cue, number)) };
    case 'text':
      return {
        header: '',
        result: (result) =>
          result.kind === 'detections' || result.kind === 'masks'
            ? thingLines(result, several)
            : `${several ? spanPrefix(result) : ''}${result.text.trim()}\n`,
      };
  }
}

/** In subtitles things are named: where they are is for other formats. Nothing found is no subtitle. */
function cueText(result: Result, write: (cue: Cue) => string): string {
  if (result.kind !== 'detections' && result.kind !== 'masks') return write(result);
  const { startSeconds, endSeconds, found } = result;
  const text = found.map(({ label, track }) => `${label} #${track}`).join(', ');
  return text === '' ? '' : write({ startSeconds, endSeconds, text });
}

/** `[0:05 - 0:10] `, before a line of text. */
export function spanPrefix(span: { readonly startSeconds: number; readonly endSeconds: number }): string {
  return `[${shortTime(span.startSeconds)} - ${shortTime(span.endSeconds)}] `;
}
