#!/usr/bin/env node
import { configOption } from './cli/config-option.js';
import { errorLine } from './cli/error-line.js';
import { exitCodeOf } from './cli/exit-code.js';
import { onEndSignal } from './cli/end-signal.js';
import { runCli } from './cli/run-cli.js';
import { type Config, loadConfig } from './config.js';

const { signal, exitCode, allow } = onEndSignal(process);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader has gone (`palistream ... | head -1`): nobody is left to tell.
  process.exit(error.code === 'EPIPE' ? 141 : 1);
});

function config(): Config | null {
  try {
    return loadConfig(undefined, configOption(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(errorLine(error, false));
    process.exitCode = exitCodeOf(error);
    return null;
  }
}

const loaded = config();
if (loaded !== null) {
  const { stdout, stderr } = process;
  const code = await runCli(process.argv.slice(2), {
    config: loaded,
    stdout,
    stderr,
    signal,
    allowEnd: allow,
  });
  process.exitCode = exitCode() ?? code;
}
