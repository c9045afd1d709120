import { RetryableError } from '../shared/errors.js';

/** Killed so often in a row, it is no accident. */
const MAX_KILLS = 3;

/** Of ffmpeg and ffprobe when they were ended from outside. */
const KILLED: ReadonlySet<string> = new Set(['ffmpeg_killed', 'ffprobe_killed']);

/** Whether an error says that a program was ended from outside. */
export function wasKilled(error: unknown): boolean {
  return error instanceof RetryableError && KILLED.has(error.code);
}

/** Does work anew when the program that does it is killed, up to three times in a row; its error comes after that. */
export async function retryKilled<T>(work: () => Promise<T>): Promise<T> {
  for (let kills = 1; ; kills++) {
    try {
      return await work();
    } catch (error) {
      if (!wasKilled(error) || kills > MAX_KILLS) throw error;
    }
  }
}
