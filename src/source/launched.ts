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

/**
 * How a program that reads foreign videos is started, without a shell: behind everything else that wants the processor
 * and, where the system has prlimit, with a limit of the memory it may write to and without core files. It becomes the
 * process itself, under the same id.
 */
export function launched(program: string, args: readonly string[], exists = existsSync): Launch {
  if (!exists(NICE)) return { command: program, args };
  const limits = [`--data=${VIDEO_LIMITS.maxMemoryBytes}`, '--core=0', '--'];
  const limited = exists(PRLIMIT) ? [PRLIMIT, ...limits] : [];
  return { command: NICE, args: ['-n', String(NICENESS), ...limited, program, ...args] };
}

/** What nice and prlimit end with when the program cannot be run. */
export const NOT_RUN: ReadonlySet<number | null> = new Set([126, 127]);
