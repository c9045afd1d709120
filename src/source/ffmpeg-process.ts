import type { ChildProcess } from 'node:child_process';
import { PassThrough, Readable } from 'node:stream';
import ffmpeg from 'fluent-ffmpeg';
import { CancelledError, EnvironmentError, RetryableError, messageOf } from '../shared/errors.js';
import { childRegistry } from './child-registry.js';
import { endedFromOutside } from './ended-from-outside.js';
import type { FfmpegCommandLine } from './ffmpeg-args.js';
import { launched } from './launched.js';
import { cannotStartNow, isShortOfProcesses } from './short-of-processes.js';

/** A running ffmpeg. Whoever started it calls `stop`. */
export interface FfmpegProcess {
  readonly pid: number;
  /** The raw bytes; while nobody reads them, ffmpeg waits. */
  readonly stdout: Readable;
  /** What the second output writes; null without one. Whoever asks for one reads it, or ffmpeg waits. */
  readonly second: Readable | null;
  /** How it ended; never rejects. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Resolves when every line of its stderr has been handed over. */
  readonly linesEnded: Promise<void>;
  /** Kills it if it still runs, and resolves when it has been reaped. */
  stop(): Promise<void>;
}

/** How one is started. */
export interface FfmpegStart {
  readonly onLine: (line: string) => void;
  /** fluent-ffmpeg asks the program for its formats first; so long it may take, milliseconds. */
  readonly startTimeoutMs: number;
  /** It reads a camera; see `launched`. */
  readonly isLive?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How fluent-ffmpeg says that the ffmpeg it asked for its formats was killed. */
const KILLED = /killed with signal (SIG\w+)/;

/** Bytes held between ffmpeg and its reader, apart from the pipe's own 64 KB. */
const BUFFER_BYTES = 256 * 1024;

/**
 * Starts ffmpeg through fluent-ffmpeg; resolves when it runs.
 *
 * fluent-ffmpeg keeps the program's path for the whole process, so programs are not mixed in one process.
 * @throws CancelledError; EnvironmentError `ffmpeg_not_usable`; RetryableError `ffmpeg_stalled`, `ffmpeg_killed`
 */
export async function startFfmpeg(
  program: string,
  line: FfmpegCommandLine,
  start: FfmpegStart,
): Promise<FfmpegProcess> {
  const { signal } = start;
  if (signal?.aborted === true) throw new CancelledError(undefined, { cause: signal.reason });
  // Without a close event: fluent-ffmpeg takes one for a lost reader and kills an ffmpeg that is done.
  const stdout = new PassThrough({ highWaterMark: BUFFER_BYTES, autoDestroy: false, emitClose: false });
  const command = ffmpeg({ stdoutLines: 20 })
    .setFfmpegPath(program)
    .input(line.input)
    .inputOptions(...line.inputOptions)
    .on('stderr', start.onLine);
  launch(command, program, start.isLive);
  if (line.piped !== undefined) command.input(line.piped.stream).inputOptions(...line.piped.options);
  command.output(line.output ?? stdout).outputOptions(...line.outputOptions);
  if (line.output !== undefined) stdout.end(); // nothing will come through it
  if (line.second !== undefined) {
    command.output('pipe:3').outputOptions(...line.second.outputOptions);
    openFourthPipe(command);
  }

  return await new Promise<FfmpegProcess>((resolve, reject) => {
    let isGivenUp = false;
    const giveUp = (reason: Error): void => {
      isGivenUp = true;
      settle();
      reject(reason);
    };
    const timer = setTimeout(() => {
      giveUp(
        new RetryableError(
          'ffmpeg_stalled',
          `${JSON.stringify(program)} did not start within ${start.startTimeoutMs} ms: check that it is ffmpeg, then try again`,
        ),
      );
    }, start.startTimeoutMs);
    const onAbort = (): void => {
      giveUp(new CancelledError(undefined, { cause: signal?.reason }));
    };
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });

    command.once('start', () => {
      const child = runningChild(command);
      if (child.pid === undefined) return; // it could not be forked: the error comes
      childRegistry.adopt(child);
      settle();
      if (isGivenUp) child.kill('SIGKILL');
      else resolve(own(child, stdout));
    });
    // After the start the child itself tells how it ended; before it, this is all there is.
    command.on('error', (error: Error) => {
      const [, signal] = KILLED.exec(error.message) ?? [];
      if (signal !== undefined && endedFromOutside({ code: null, signal: signal as NodeJS.Signals })) {
        giveUp(
          new RetryableError('ffmpeg_killed', `ffmpeg was ended from outside (${signal}): try again`, {
            cause: error,
          }),
        );
        return;
      }
      if (isShortOfProcesses(error)) {
        giveUp(new RetryableError('ffmpeg_stalled', cannotStartNow(program, error), { cause: error }));
        return;
      }
      giveUp(
        new EnvironmentError(
          'ffmpeg_not_usable',
          `${JSON.stringify(program)} could not be run (${messageOf(error).split('\n')[0] ?? ''}): check that it is an ffmpeg for this machine`,
          { cause: error },
        ),
      );
    });
    command.run();
  });
}

/** The two steps of fluent-ffmpeg's that its types leave out: which program, and its start. */
interface Starting {
  _getFfmpegPath(found: (error: null, command: string) => void): void;
  _spawnFfmpeg(args: readonly string[], options: object, ...callbacks: readonly unknown[]): void;
}

/** fluent-ffmpeg gives its child three pipes; the method that starts it is the only place to ask for one more. */
function openFourthPipe(command: object): void {
  const starting = command as Starting;
  const spawn = starting._spawnFfmpeg.bind(command);
  starting._spawnFfmpeg = (args, options, ...callbacks) => {
    const stdio = args.includes('pipe:3') ? { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] } : {};
    spawn(args, { ...options, ...stdio }, ...callbacks);
  };
}

/** What a program says that was never begun. */
const NOTHING_SAID = { get: () => '' };

type Ended = (error?: Error | null, stdout?: unknown, stderr?: unknown) => void;

/**
 * Has fluent-ffmpeg start everything it starts as `launched` says. Where the system cannot fork, it would read what the
 * program said, which is nothing, and throw where nobody can catch it.
 */
function launch(command: object, program: string, isLive: boolean | undefined): void {
  const starting = command as Starting;
  const spawn = starting._spawnFfmpeg.bind(command);
  starting._getFfmpegPath = (found) => {
    found(null, launched(program, [], { isLive }).command);
  };
  starting._spawnFfmpeg = (args, options, ...callbacks) => {
    const ended = callbacks.at(-1) as Ended;
    const told: Ended = (error, stdout = NOTHING_SAID, stderr = NOTHING_SAID) => {
      ended(error, stdout, stderr);
    };
    try {
      spawn([...launched(program, args, { isLive }).args], options, ...callbacks.slice(0, -1), told);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // out of file descriptors it has no pipes; its error comes
    }
  };
}

/** fluent-ffmpeg keeps its child in a field that its types leave out. */
function runningChild(command: object): ChildProcess {
  return (command as { ffmpegProc: ChildProcess }).ffmpegProc;
}

function own(child: ChildProcess, stdout: PassThrough): FfmpegProcess {
  const fourth = child.stdio[3];
  const second = fourth instanceof Readable ? fourth : null;
  second?.on('error', () => undefined); // the process tells how it ended
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
    child.once('error', () => {
      resolve({ code: null, signal: null });
    });
  });
  const linesEnded = new Promise<void>((resolve) => {
    if (child.stderr === null) resolve();
    else child.stderr.once('close', resolve);
  });
  return {
    pid: child.pid ?? 0,
    stdout,
    second,
    exited,
    linesEnded,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      // Bytes nobody took would keep the pipes open. Their reader sees an end.
      child.stdout?.destroy();
      child.stderr?.destroy();
      second?.destroy();
      if (!stdout.destroyed && !stdout.writableEnded) stdout.end();
    },
  };
}
