import { RetryableError } from '../shared/errors.js';

/**
 * How many programs in a row are put in the place of one that ended so, by the code of its error; after that it is no
 * accident. One that hung was waited for a minute: whatever made it hang twice will do so again.
 */
const REPLACEMENTS: ReadonlyMap<string, number> = new Map([
  ['ffmpeg_killed', 3],
  ['ffprobe_killed', 3],
  ['ffmpeg_stalled', 1],
  ['ffprobe_stalled', 1],
]);

/** How often work is done anew after this error: not at all, unless the program that did it was killed or hung. */
export function replacementsAfter(error: unknown): number {
  return error instanceof RetryableError ? (REPLACEMENTS.get(error.code) ?? 0) : 0;
}

/** Does work anew when the program that does it is killed or hangs; its error comes when that happens again and again. */
export async function retryKilled<T>(work: () => Promise<T>): Promise<T> {
  for (let replaced = 0; ; replaced++) {
    try {
      return await work();
    } catch (error) {
      if (replaced >= replacementsAfter(error)) throw error;
    }
  }
}
