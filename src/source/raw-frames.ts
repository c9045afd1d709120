import { RetryableError, throwIfCancelled } from '../shared/errors.js';
import { endedFromOutside } from './ended-from-outside.js';
import type { FfmpegCommandLine } from './ffmpeg-args.js';
import { type FfmpegProcess, startFfmpeg } from './ffmpeg-process.js';
import { FrameBytes } from './frame-bytes.js';
import { FrameTimes } from './frame-times.js';
import type { ReadingLog } from './reading-log.js';
import { parseShowinfo } from './showinfo-line.js';

/** One frame as ffmpeg wrote it. */
export interface RawFrame {
  readonly bytes: Uint8Array;
  /** The container's timestamp; undefined when it has none. */
  readonly seconds: number | undefined;
}

/** How ffmpeg is read. */
export interface RawReading {
  readonly program: string;
  readonly line: FfmpegCommandLine;
  readonly frameBytes: number;
  /** ffmpeg without a sign of life for so long, while bytes are waited for, is ended. */
  readonly stallTimeoutMs: number;
  /** Takes what ffmpeg says beside the frames. */
  readonly log: ReadingLog;
  readonly onStart?: ((pid: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one ffmpeg and yields its frames with their times.
 *
 * The n-th line of showinfo belongs to the n-th frame: both are written in order, and a frame's line is
 * written before its bytes, so they stay in step however slow the consumer is. The two pipes may still be read
 * the other way round, so a frame waits for its line. Leaving early kills ffmpeg and waits until it is gone.
 * @throws CancelledError; EnvironmentError `ffmpeg_not_usable`; RetryableError `ffmpeg_stalled`, `ffmpeg_killed`
 */
export async function* rawFrames(reading: RawReading): AsyncGenerator<RawFrame, void, undefined> {
  const { signal, log, stallTimeoutMs } = reading;
  const times = new FrameTimes();
  const frames = new FrameBytes(reading.frameBytes);
  let ffmpeg: FfmpegProcess | undefined;
  const kill = (): void => void ffmpeg?.stop();
  const stall = new StallTimer(stallTimeoutMs, kill);
  try {
    ffmpeg = await startFfmpeg(reading.program, reading.line, {
      onLine: (line) => {
        stall.alive();
        const shown = parseShowinfo(line);
        if (shown !== undefined) times.add(shown);
        else if (!line.startsWith('[Parsed_showinfo')) log.add(line);
      },
      startTimeoutMs: stallTimeoutMs,
      signal,
    });
    reading.onStart?.(ffmpeg.pid);
    signal?.addEventListener('abort', kill, { once: true });
    void ffmpeg.linesEnded.then(() => {
      times.end();
    });
    let number = 0;
    stall.watch();
    for await (const chunk of ffmpeg.stdout as AsyncIterable<Buffer>) {
      stall.alive();
      throwIfCancelled(signal);
      for (const bytes of frames.add(chunk)) {
        const seconds = await times.take(number++);
        // Nobody waits for ffmpeg while the consumer has the frame.
        stall.rest();
        yield { bytes, seconds };
        stall.watch();
      }
    }
    throwIfCancelled(signal);
    await ffmpeg.linesEnded;
    if (stall.hasFired) {
      throw new RetryableError(
        'ffmpeg_stalled',
        `ffmpeg gave no sign of life for ${stallTimeoutMs} ms and was ended: try again, or convert the file`,
      );
    }
    const end = await ffmpeg.exited;
    if (endedFromOutside(end, log.lastLine)) {
      throw new RetryableError(
        'ffmpeg_killed',
        `ffmpeg was ended from outside (${end.signal ?? log.lastLine}) before the file was: try again, with more memory if the system ended it`,
      );
    }
  } finally {
    stall.rest();
    signal?.removeEventListener('abort', kill);
    await ffmpeg?.stop();
  }
}

/** Fires when something watched gives no sign of life for too long. */
class StallTimer {
  #timer: NodeJS.Timeout | undefined;
  hasFired = false;

  constructor(
    readonly timeoutMs: number,
    readonly onStall: () => void,
  ) {}

  watch(): void {
    this.#timer = setTimeout(() => {
      this.hasFired = true;
      this.onStall();
    }, this.timeoutMs);
  }

  alive(): void {
    this.#timer?.refresh();
  }

  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
