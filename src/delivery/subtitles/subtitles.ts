import { timecode } from './timecode.js';

/** One subtitle; seconds from the start of the video. */
export interface Cue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
}

/** What television and streaming guides allow a line before it is broken. */
const LINE_LENGTH = 42;
/** Formats and players want an end after the start; a still picture's span is empty. */
const SHORTEST_SECONDS = 0.001;

export const VTT_HEADER = 'WEBVTT\n\n';

/** A WebVTT cue (W3C WebVTT, section 4): `&`, `<` and `>` are escaped, so `-->` cannot come. */
export function vttCue(cue: Cue): string {
  const text = wrap(cue.text)
    .map((line) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'))
    .join('\n');
  return `${span(cue, '.')}\n${text}\n\n`;
}

/** A SubRip cue, numbered from 1. SubRip has no escapes: an arrow in the text is written `->`. */
export function srtCue(cue: Cue, number: number): string {
  return `${number}\n${span(cue, ',')}\n${wrap(cue.text.replace(/--+>/g, '->')).join('\n')}\n\n`;
}

function span({ startSeconds, endSeconds }: Cue, separator: '.' | ','): string {
  const end = Math.max(endSeconds, startSeconds + SHORTEST_SECONDS);
  return `${timecode(startSeconds, separator)} --> ${timecode(end, separator)}`;
}

/** Breaks at spaces only; an empty line would end the cue, so there is none. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE_LENGTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.length === 0 ? ['…'] : lines;
}
