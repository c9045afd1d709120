import { messageOf, PalistreamError, RetryableError } from '../../shared/errors.js';
import type { FfmpegCommandLine } from '../ffmpeg-args.js';
import { type FfmpegProcess, startFfmpeg } from '../ffmpeg-process.js';
import { TextTail } from '../text-tail.js';
import { hideSecrets } from './hide-secrets.js';
import { type LiveEnd, liveEnd } from './live-end.js';
import { type ShownLiveFrame, ShownFrames } from './shown-frames.js';

/** One run of ffmpeg on a live source. */
export interface LiveReading {
  readonly program: string;
  readonly line: FfmpegCommandLine;
  readonly frameBytes: number;
  readonly secrets: readonly string[];
  /** Takes a frame at once: a camera is never made to wait. */
  readonly onFrame: (frame: ShownLiveFrame) => void;
  readonly onStart: (pid: number) => void;
  /** ffmpeg may say goodbye to the camera for so long before it is killed. */
  readonly goodbyeMs: number;
  /** Ends ffmpeg. */
  readonly signal: AbortSignal;
}

/** fluent-ffmpeg asks the program for its formats first. */
const START_TIMEOUT_MS = 20_000;

/** Reads until ffmpeg ends; resolves when it has been reaped. Never rejects but for an error of `onFrame`. */
export async function readLive(reading: LiveReading): Promise<LiveEnd> {
  const { signal, secrets, goodbyeMs } = reading;
  const tail = new TextTail();
  let hadFrames = false;
  const frames = new ShownFrames(reading.frameBytes, (frame) => {
    hadFrames = true;
    if (!signal.aborted) reading.onFrame(frame);
  });
  let ffmpeg: FfmpegProcess;
  try {
    ffmpeg = await startFfmpeg(reading.program, reading.line, {
      onLine: (line) => {
        if (!frames.addLine(line)) tail.push(`${hideSecrets(line, secrets)}\n`);
      },
      startTimeoutMs: START_TIMEOUT_MS,
      signal,
    });
  } catch (error) {
    return notStarted(error, secrets);
  }
  const leave = (): void => void sayGoodbye(ffmpeg, goodbyeMs);
  try {
    reading.onStart(ffmpeg.pid);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    for await (const chunk of ffmpeg.stdout as AsyncIterable<Buffer>) frames.addBytes(chunk);
    await ffmpeg.exited;
    await ffmpeg.linesEnded;
    return liveEnd(hadFrames, tail.text);
  } finally {
    signal.removeEventListener('abort', leave);
    await ffmpeg.stop();
  }
}

/** A camera that is not told keeps the session until it times out, and many have few. */
async function sayGoodbye(ffmpeg: FfmpegProcess, graceMs: number): Promise<void> {
  try {
    if (ffmpeg.pid > 0) process.kill(ffmpeg.pid, 'SIGTERM');
  } catch {
    // It is gone already.
  }
  const timer = setTimeout(() => void ffmpeg.stop(), graceMs);
  await ffmpeg.exited;
  clearTimeout(timer);
}

function notStarted(error: unknown, secrets: readonly string[]): LiveEnd {
  const code = error instanceof PalistreamError ? error.code : 'stream_unreadable';
  return {
    code,
    reason: hideSecrets(messageOf(error), secrets),
    isFinal: !(error instanceof RetryableError),
  };
}
