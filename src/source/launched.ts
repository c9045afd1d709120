import { existsSync } from 'node:fs';
import { VIDEO_LIMITS } from './video-limits.js';

/** Where every distribution has them, of coreutils and util-linux. */
const NICE = '/usr/bin/nice';
const PRLIMIT = '/usr/bin/prlimit';
const NICENESS = 10;

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

export interface LaunchTerms {
  /** A camera does not wait: whoever reads one goes ahead with everything else, not behind it. */
  readonly isLive?: boolean | undefined;
  readonly exists?: (path: string) => boolean;
}

/**
 * How a program that reads foreign videos is started, without a shell: where the system has nice and prlimit, behind
 * everything else that wants the processor, with a limit of the memory it may write to and without core files. It
 * becomes the process itself, under the same id.
 */
export function launched(
  program: string,
  args: readonly string[],
  { isLive = false, exists = existsSync }: LaunchTerms = {},
): Launch {
  const behind = !isLive && exists(NICE) ? [NICE, '-n', String(NICENESS)] : [];
  const limited = exists(PRLIMIT) ? [PRLIMIT, `--data=${VIDEO_LIMITS.maxMemoryBytes}`, '--core=0', '--'] : [];
  const [command = program, ...rest] = [...behind, ...limited, program, ...args];
  return { command, args: rest };
}

/** What nice and prlimit end with when the program cannot be run. */
export const NOT_RUN: ReadonlySet<number | null> = new Set([126, 127]);
