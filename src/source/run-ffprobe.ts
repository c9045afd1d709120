import { type ChildProcess, spawn } from 'node:child_process';
import {
  CancelledError,
  EnvironmentError,
  RequestError,
  RetryableError,
  messageOf,
} from '../shared/errors.js';
import type { FfmpegProgram } from './ffmpeg-program.js';
import { childRegistry } from './child-registry.js';
import { launched, NOT_RUN } from './launched.js';
import { endedFromOutside, type ProgramEnd } from './ended-from-outside.js';
import { LineCutter } from './line-cutter.js';
import { cannotStartNow, isShortOfProcesses } from './short-of-processes.js';
import { TextTail } from './text-tail.js';
import { VIDEO_LIMITS } from './video-limits.js';

/** How an ffprobe ended. */
export interface ProbeExit {
  readonly code: number | null;
  /** The end of what it wrote to stderr. */
  readonly stderr: string;
}

/** How one is run. */
export interface ProbeRun {
  /** Called for each line of stdout; what it throws ends ffprobe and is thrown on. */
  readonly onLine: (line: string) => void;
  /** Ends it when no line came for so long, milliseconds. */
  readonly idleTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bundled ffprobe is linked statically, and crashes when its C library loads this system's converters to
 * read the name of an MPEG-TS service; without converters it goes on. It needs nothing else from outside.
 */
const BUNDLED_ENV = { GCONV_PATH: '/nonexistent' };

/**
 * Runs ffprobe and hands over its lines as they come; resolves when it has ended and been reaped.
 * @throws CancelledError; RequestError `video_unreadable` for a line of more than `maxProbeBytes`; EnvironmentError
 *   `ffmpeg_not_usable`; RetryableError `ffprobe_stalled`, `ffprobe_killed`
 */
export async function runFfprobe(
  program: FfmpegProgram,
  args: readonly string[],
  run: ProbeRun,
): Promise<ProbeExit> {
  if (run.signal?.aborted === true) throw new CancelledError();
  const launch = launched(program.path, args);
  const child: ChildProcess = spawn(launch.command, launch.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    ...(program.origin === 'bundled' ? { env: BUNDLED_ENV } : {}),
  });
  childRegistry.adopt(child);
  const tail = new TextTail();
  // Without room for another process there are no pipes either: `error` tells.
  child.stderr?.on('data', (chunk: Buffer) => {
    tail.push(chunk.toString('utf8'));
  });

  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    child.kill('SIGKILL');
    child.stdout?.destroy(); // nobody wants the rest of it
  };
  const stall = setTimeout(() => {
    fail(
      new RetryableError('ffprobe_stalled', `ffprobe gave nothing for ${run.idleTimeoutMs} ms: try again`),
    );
  }, run.idleTimeoutMs);
  const onAbort = (): void => {
    fail(new CancelledError(undefined, { cause: run.signal?.reason }));
  };
  run.signal?.addEventListener('abort', onAbort, { once: true });

  const onLine = (line: string): void => {
    stall.refresh();
    if (failure !== undefined) return;
    try {
      run.onLine(line);
    } catch (thrown) {
      fail(thrown instanceof Error ? thrown : new Error(messageOf(thrown)));
    }
  };
  const lines = new LineCutter();
  child.stdout?.on('data', (chunk: Buffer) => {
    for (const line of lines.push(chunk)) onLine(line);
    // A tag of the file is one line, however long: it would be collected until it breaks the longest string there is.
    if (lines.unfinishedBytes > VIDEO_LIMITS.maxProbeBytes) fail(endlessLine());
  });
  child.stdout?.once('end', () => {
    const last = lines.end();
    if (last !== '') onLine(last);
  });
  try {
    const end = await new Promise<ProgramEnd>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        resolve({ code, signal });
      });
    });
    if (endedFromOutside(end)) failure ??= killed(end);
    if (failure !== undefined) throw failure;
    if (NOT_RUN.has(end.code)) throw new Error(tail.text.trim());
    return { code: end.code, stderr: tail.text };
  } catch (thrown) {
    if (failure !== undefined) throw failure;
    if (isShortOfProcesses(thrown)) {
      throw new RetryableError('ffprobe_stalled', cannotStartNow(program.path, thrown), { cause: thrown });
    }
    throw new EnvironmentError(
      'ffmpeg_not_usable',
      `${JSON.stringify(program.path)} could not be run (${messageOf(thrown)}): check that it is an ffprobe for this machine`,
      { cause: thrown },
    );
  } finally {
    clearTimeout(stall);
    run.signal?.removeEventListener('abort', onAbort);
  }
}

function endlessLine(): RequestError {
  return new RequestError(
    'video_unreadable',
    `ffprobe says one thing about the file in more than ${VIDEO_LIMITS.maxProbeBytes} bytes: convert it first`,
  );
}

function killed({ signal }: ProgramEnd): RetryableError {
  return new RetryableError(
    'ffprobe_killed',
    `ffprobe was ended from outside (${signal ?? 'a signal'}): try again, with more memory if the system ended it`,
  );
}
