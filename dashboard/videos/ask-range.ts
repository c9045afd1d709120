/** What a question is about: the whole film, or so many seconds around the playhead. */
export type AskSpan = 'whole' | number;

export interface AskRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** The stretch under the playhead, kept inside of the film; null for the whole. */
export function askRange(span: AskSpan, atSeconds: number, durationSeconds: number): AskRange | null {
  if (span === 'whole' || span >= durationSeconds) return null;
  const startSeconds = Math.max(0, Math.min(atSeconds - span / 2, durationSeconds - span));
  return { startSeconds: tenths(startSeconds), endSeconds: tenths(startSeconds + span) };
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
