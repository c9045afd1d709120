import { type Result, resultJson } from './result-json.js';
import { srtCue, VTT_HEADER, vttCue } from './subtitles.js';
import { shortTime } from './timecode.js';

export const FORMATS = ['text', 'json', 'vtt', 'srt'] as const;
export type Format = (typeof FORMATS)[number];

/** How results are written down: what stands before all of them, and each. */
export interface ResultFormat {
  readonly header: string;
  /** `number` counts from 1. */
  result(result: Result, number: number): string;
}

/** @param several whether there is more than one result, so that a text needs its times */
export function resultFormat(format: Format, several: boolean): ResultFormat {
  switch (format) {
    case 'json':
      return { header: '', result: (result) => `${resultJson(result)}\n` };
    case 'vtt':
      return { header: VTT_HEADER, result: vttCue };
    case 'srt':
      return { header: '', result: srtCue };
    case 'text':
      return {
        header: '',
        result: (result) => `${several ? spanPrefix(result) : ''}${result.text.trim()}\n`,
      };
  }
}

/** `[0:05 - 0:10] `, before a line of text. */
export function spanPrefix(span: { readonly startSeconds: number; readonly endSeconds: number }): string {
  return `[${shortTime(span.startSeconds)} - ${shortTime(span.endSeconds)}] `;
}
