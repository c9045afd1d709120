import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { messageOf, PalistreamError, RetryableError } from '../../shared/errors.js';
import type { FfmpegCommandLine } from '../ffmpeg-args.js';
import { endedFromOutside } from '../ended-from-outside.js';
import { type FfmpegProcess, startFfmpeg } from '../ffmpeg-process.js';
import { FrameBytes } from '../frame-bytes.js';
import { TextTail } from '../text-tail.js';
import { hideSecrets } from './hide-secrets.js';
import { type LiveEnd, liveEnd } from './live-end.js';
import { FRAME_SHOWINFO, PICTURE_SHOWINFO } from './live-graph.js';
import { PpmFrames, type RgbPicture } from './ppm-frames.js';
import { type ShownLiveFrame, ShownFrames } from './shown-frames.js';

/** One run of ffmpeg on a live source. */
export interface LiveReading {
  readonly program: string;
  readonly line: FfmpegCommandLine;
  readonly frameBytes: number;
  readonly secrets: readonly string[];
  /** Takes a frame at once: a camera is never made to wait. */
  readonly onFrame: (frame: ShownLiveFrame) => void;
  /** Takes what people see of the source. */
  readonly onPicture: (picture: ShownLiveFrame<RgbPicture>) => void;
  readonly onStart: (pid: number) => void;
  /** ffmpeg may say goodbye to the camera for so long before it is killed. */
  readonly goodbyeMs: number;
  /** Ends ffmpeg. */
  readonly signal: AbortSignal;
}

/** fluent-ffmpeg asks the program for its formats first. */
const START_TIMEOUT_MS = 20_000;

/** The next ffmpeg begins in step. */
const DRIFTED: LiveEnd = {
  code: 'stream_unreadable',
  reason: 'ffmpeg did not tell the time of its pictures',
  isFinal: false,
  isCutOff: true,
};

/** Reads until ffmpeg ends; resolves when it has been reaped. Never rejects but for an error of `onFrame`. */
export async function readLive(reading: LiveReading): Promise<LiveEnd> {
  const { signal, secrets, goodbyeMs } = reading;
  const tail = new TextTail();
  const drift = new AbortController();
  const over = AbortSignal.any([signal, drift.signal]);
  const onDrift = (): void => {
    drift.abort();
  };
  let hadFrames = false;
  const onFrame = (frame: ShownLiveFrame): void => {
    hadFrames = true;
    if (!over.aborted) reading.onFrame(frame);
  };
  const onPicture = (picture: ShownLiveFrame<RgbPicture>): void => {
    if (!over.aborted) reading.onPicture(picture);
  };
  const frames = new ShownFrames(new FrameBytes(reading.frameBytes), FRAME_SHOWINFO, onFrame, onDrift);
  const pictures = new ShownFrames(new PpmFrames(), PICTURE_SHOWINFO, onPicture, onDrift);
  let ffmpeg: FfmpegProcess;
  try {
    ffmpeg = await startFfmpeg(reading.program, reading.line, {
      onLine: (line) => {
        if (!frames.addLine(line) && !pictures.addLine(line) && !line.startsWith('[Parsed_showinfo'))
          tail.push(`${hideSecrets(line, secrets)}\n`);
      },
      startTimeoutMs: START_TIMEOUT_MS,
      isLive: true,
      signal,
    });
  } catch (error) {
    return notStarted(error, secrets);
  }
  const leave = (): void => void sayGoodbye(ffmpeg, goodbyeMs);
  try {
    reading.onStart(ffmpeg.pid);
    over.addEventListener('abort', leave, { once: true });
    if (over.aborted) leave();
    await Promise.all([takeAll(ffmpeg.stdout, frames), takeAll(ffmpeg.second, pictures)]);
    const exit = await ffmpeg.exited;
    await ffmpeg.linesEnded;
    if (drift.signal.aborted && !signal.aborted) return DRIFTED;
    const isCutOff = endedFromOutside(exit, tail.text.trim().split('\n').at(-1));
    return { ...liveEnd(hadFrames, tail.text), isCutOff };
  } finally {
    over.removeEventListener('abort', leave);
    await ffmpeg.stop();
  }
}

/** To the end; a pipe that is torn down has ended. */
async function takeAll(pipe: Readable | null, frames: { addBytes(piece: Uint8Array): void }): Promise<void> {
  if (pipe === null) return;
  pipe.on('data', (chunk: Buffer) => {
    frames.addBytes(chunk);
  });
  if (!pipe.readableEnded && !pipe.closed) await Promise.race([once(pipe, 'end'), once(pipe, 'close')]);
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
