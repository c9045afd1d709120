import { RetryableError, throwIfCancelled } from '../shared/errors.js';
import type { FfmpegCommandLine } from './ffmpeg-args.js';
import { type FfmpegProcess, startFfmpeg } from './ffmpeg-process.js';

/**
 * How ffmpeg says, at `-loglevel info`, that it moves the index of an mp4 to the front: the last thing it does, silently,
 * and as long as the disk needs. A video's own title begins no line of it.
 */
const MOVES_INDEX = /^\[mp4 @ \w+\] Starting second pass: moving the moov atom/;

/** How an ffmpeg that writes a file is watched. */
export interface Watch {
  readonly stallTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Every line it says is a sign of life. */
  readonly onLine: (line: string) => void;
  /** What it did not do in time, for the error: `took no picture`. */
  readonly idle: string;
}

/** A running ffmpeg that is watched. */
export interface WatchedFfmpeg {
  readonly exited: FfmpegProcess['exited'];
  /** Tells that it lives. */
  refresh(): void;
}

/**
 * Runs ffmpeg to its end; it is ended early when it is cancelled or gives no sign of life before it moves the index, and
 * never outlives the call.
 *
 * @param work - what is done meanwhile
 * @returns how it ended, after its last line has been handed over
 * @throws what `startFfmpeg` and `work` throw; CancelledError; RetryableError `ffmpeg_stalled`
 */
export async function runWatched(
  program: string,
  line: FfmpegCommandLine,
  { stallTimeoutMs, signal, onLine, idle }: Watch,
  work: (running: WatchedFfmpeg) => Promise<void> = () => Promise.resolve(),
): Promise<Awaited<FfmpegProcess['exited']>> {
  let ffmpeg: FfmpegProcess | undefined;
  const stalling = new AbortController();
  const kill = (): void => void ffmpeg?.stop();
  const stall = setTimeout(() => {
    stalling.abort();
    kill();
  }, stallTimeoutMs);
  try {
    ffmpeg = await startFfmpeg(program, line, {
      onLine: (text) => {
        if (MOVES_INDEX.test(text)) clearTimeout(stall);
        else stall.refresh();
        onLine(text);
      },
      startTimeoutMs: stallTimeoutMs,
      signal,
    });
    signal?.addEventListener('abort', kill, { once: true });
    if (signal?.aborted === true) kill();
    await work({ exited: ffmpeg.exited, refresh: () => stall.refresh() });
    const end = await ffmpeg.exited;
    await ffmpeg.linesEnded;
    throwIfCancelled(signal);
    if (stalling.signal.aborted) {
      throw new RetryableError(
        'ffmpeg_stalled',
        `ffmpeg ${idle} for ${stallTimeoutMs} ms and was ended: try again on a less busy machine`,
      );
    }
    return end;
  } finally {
    clearTimeout(stall);
    signal?.removeEventListener('abort', kill);
    await ffmpeg?.stop();
  }
}
