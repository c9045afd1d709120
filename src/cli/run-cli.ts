import { CommanderError } from 'commander';
import { throwIfCancelled } from '../shared/errors.js';
import type { CliContext } from './context.js';
import { errorLine } from './error-line.js';
import { exitCodeOf } from './exit-code.js';
import { buildProgram } from './program.js';

/** Runs one command line; every failure is one line on stderr. @returns the exit code */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  try {
    await buildProgram(context).parseAsync([...argv], { from: 'user' });
    throwIfCancelled(context.signal);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return usageExit(error, context);
    const code = context.signal.aborted ? 130 : exitCodeOf(error);
    if (code !== 130) context.stderr.write(errorLine(error, context.config.debug));
    return code;
  }
}

/** Help and version are successes; a command line that cannot be is 2, in one line. */
function usageExit(error: CommanderError, context: CliContext): number {
  if (error.exitCode === 0) return 0;
  if (error.code === 'commander.help') return 2; // no command: the help has been shown
  const message = error.message.replace(/^error: /, '').replace(/\s*[\r\n]+\s*/g, ' ');
  context.stderr.write(`palistream: ${message}; see --help\n`);
  return 2;
}
